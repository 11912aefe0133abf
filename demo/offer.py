"""What can be booked in Valbriac, in the words of the town, with English and Arabic beside."""

from __future__ import annotations

from dataclasses import dataclass, field

from activity.models import Autonomy, Channel, Theme
from mediation.models import Audience


@dataclass(frozen=True)
class Offered:
    """One service as the demonstration town offers it."""

    key: str
    label: str
    description: str
    minutes: int
    themes: tuple[Theme, ...]
    bring: str = ""
    after: int = 0
    audience: Audience = Audience.EVERYONE
    channels: tuple[Channel, ...] = (Channel.VENUE,)
    autonomy: Autonomy | None = None
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    weight: int = 10
    age: tuple[int, int] = (18, 95)


PAPERS = "Une pièce d’identité\nVos courriers\nVos identifiants si vous en avez"
PHONE = "Votre téléphone et son chargeur\nVotre code PIN"

OFFERED = (
    Offered(
        "procedures", "Mes démarches en ligne", "Impôts, CAF, retraite, titre de séjour : on le fait avec vous.", 45,
        (Theme.PROCEDURES,), PAPERS, after=5, channels=(Channel.VENUE, Channel.PHONE), autonomy=Autonomy.FULLY_GUIDED,
        weight=34,
        translations={
            "en": {
                "label": "Help with online procedures",
                "description": "Taxes, family benefits, pension, residence permit: we do it with you.",
                "bring": "An identity document\nYour letters\nYour user names if you have them",
            },
            "ar": {
                "label": "إجراءاتي الإدارية على الإنترنت",
                "description": "الضرائب، صندوق الإعانات العائلية، التقاعد، تصريح الإقامة: نقوم بها معك.",
                "bring": "وثيقة هوية\nرسائلك\nأسماء الدخول إن كانت لديك",
            },
        },
    ),
    Offered(
        "phone", "Mon téléphone", "Appeler, envoyer un message, prendre et ranger ses photos.", 45,
        (Theme.DEVICE_START,), PHONE, autonomy=Autonomy.PARTLY_AUTONOMOUS, weight=18, age=(40, 95),
        translations={
            "en": {
                "label": "My phone",
                "description": "Calling, texting, taking photos and keeping them in order.",
                "bring": "Your phone and its charger\nYour PIN code",
            },
            "ar": {
                "label": "هاتفي",
                "description": "الاتصال وإرسال رسالة والتقاط الصور وترتيبها.",
                "bring": "هاتفك وشاحنه\nرمز PIN الخاص بك",
            },
        },
    ),
    Offered(
        "computer", "Mon ordinateur", "L’allumer sans crainte, écrire, ranger ses documents.", 60,
        (Theme.DEVICE_START, Theme.FILES), "Votre ordinateur portable, si vous en avez un", after=10,
        autonomy=Autonomy.PARTLY_AUTONOMOUS, weight=13, age=(30, 90),
        translations={
            "en": {
                "label": "My computer",
                "description": "Switching it on without fear, writing, keeping documents in order.",
                "bring": "Your laptop, if you have one",
            },
            "ar": {
                "label": "حاسوبي",
                "description": "تشغيله بلا خوف، والكتابة، وترتيب المستندات.",
                "bring": "حاسوبك المحمول إن كان لديك واحد",
            },
        },
    ),
    Offered(
        "mail", "Ma messagerie", "Lire et envoyer un courriel, une pièce jointe, reconnaître un piège.", 30,
        (Theme.EMAIL, Theme.ONLINE_SAFETY), "Votre adresse électronique et son mot de passe", weight=11, age=(35, 90),
        translations={
            "en": {
                "label": "My e-mail",
                "description": "Reading and sending e-mail and attachments, spotting a trap.",
                "bring": "Your e-mail address and its password",
            },
            "ar": {
                "label": "بريدي الإلكتروني",
                "description": "قراءة رسالة وإرسالها مع مرفق، والتعرّف على رسائل الاحتيال.",
                "bring": "عنوان بريدك الإلكتروني وكلمة المرور",
            },
        },
    ),
    Offered(
        "health", "Ma santé en ligne", "Ameli, Mon espace santé, prendre rendez-vous chez un médecin.", 30,
        (Theme.HEALTH,), "Votre carte Vitale", weight=9, age=(25, 90),
        translations={
            "en": {
                "label": "My health online",
                "description": "Ameli, Mon espace santé, booking a doctor’s appointment.",
                "bring": "Your Vitale card",
            },
            "ar": {
                "label": "صحتي على الإنترنت",
                "description": "أميلي، ومساحتي الصحية، وحجز موعد عند الطبيب.",
                "bring": "بطاقة «فيتال» الخاصة بك",
            },
        },
    ),
    Offered(
        "work", "Chercher un travail", "Refaire son CV, s’inscrire à France Travail, répondre à une offre.", 60,
        (Theme.FINDING_WORK, Theme.OFFICE), "Votre CV, même ancien", weight=8, age=(17, 62),
        translations={
            "en": {
                "label": "Looking for work",
                "description": "Writing a CV, registering with France Travail, answering an offer.",
                "bring": "Your CV, even an old one",
            },
            "ar": {
                "label": "البحث عن عمل",
                "description": "تجديد السيرة الذاتية، والتسجيل في «فرانس ترافاي»، والردّ على عرض عمل.",
                "bring": "سيرتك الذاتية، ولو كانت قديمة",
            },
        },
    ),
    Offered(
        "start", "Par où commencer ?", "Trente minutes pour faire le point et choisir la suite ensemble.", 30,
        (Theme.DIGITAL_DIAGNOSIS,), weight=7, channels=(Channel.VENUE, Channel.PHONE),
        translations={
            "en": {
                "label": "Where do I start?",
                "description": "Thirty minutes to take stock and choose what comes next.",
            },
            "ar": {
                "label": "من أين أبدأ؟",
                "description": "ثلاثون دقيقة لمعرفة ما تحتاج إليه واختيار الخطوة التالية معًا.",
            },
        },
    ),
    Offered(
        "home", "Visite à domicile", "Pour les personnes qui ne peuvent pas se déplacer.", 60,
        (Theme.DEVICE_START, Theme.PROCEDURES), after=30, audience=Audience.PRESCRIBERS, channels=(Channel.HOME,),
        autonomy=Autonomy.FULLY_GUIDED, weight=3, age=(70, 97),
    ),
)  # fmt: skip
