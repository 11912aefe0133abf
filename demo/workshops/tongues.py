"""What the public programmes of the demonstration say in English and Arabic, beside what their series say already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workshops.rules.resources import Sheet

TITLES = {
    "Découvrir Scratch : le chat et les blocs": ("Meeting Scratch: the cat and the blocks", "سكراتش: القط والكتل"),
    "Faire bouger un personnage": ("Making a character move", "تحريك شخصية"),
    "Dessiner son décor": ("Drawing the scenery", "رسم المشهد"),
    "Les boucles : encore et encore": ("Loops: again and again", "الحلقات: مرة بعد مرة"),
    "Si… alors… : le jeu réagit": ("If… then…: the game reacts", "إذا… فإنّ…: اللعبة تتفاعل"),
    "Compter les points": ("Keeping score", "حساب النقاط"),
    "Sons et voix": ("Sounds and voices", "أصوات وكلام"),
    "Deux joueurs, deux manettes": ("Two players, two controllers", "لاعبان وذراعا تحكّم"),
    "Les clones : une pluie d’étoiles": ("Clones: a rain of stars", "النسخ: مطر من النجوم"),
    "Chercher l’erreur": ("Finding the mistake", "البحث عن الخطأ"),
    "Mon jeu à moi : l’idée": ("My own game: the idea", "لعبتي أنا: الفكرة"),
    "Mon jeu à moi : les règles": ("My own game: the rules", "لعبتي أنا: القواعد"),
    "Mon jeu à moi : les niveaux": ("My own game: the levels", "لعبتي أنا: المراحل"),
    "Essayer le jeu des autres": ("Trying each other’s games", "تجربة ألعاب الآخرين"),
    "Fête du club avec les familles": ("Party of the club with the families", "حفل النادي مع العائلات"),
    "Clavier et souris": ("Keyboard and mouse", "لوحة المفاتيح والفأرة"),
    "Écrire et enregistrer": ("Writing and saving", "الكتابة والحفظ"),
    "Ranger ses documents": ("Keeping documents in order", "ترتيب الوثائق"),
    "Chercher sur internet": ("Searching the internet", "البحث في الإنترنت"),
    "Vrai ou faux ?": ("True or false?", "صحيح أم خطأ؟"),
    "Ouvrir sa messagerie": ("Opening one’s mailbox", "فتح البريد الإلكتروني"),
    "Envoyer une pièce jointe": ("Sending an attachment", "إرسال ملف مرفق"),
    "Et après ?": ("And then?", "وماذا بعد؟"),
    "Agrandir les lettres, monter le son": ("Larger letters, louder sound", "تكبير الحروف ورفع الصوت"),
    "Ranger ses photos": ("Sorting photos", "ترتيب الصور"),
    "Appeler en vidéo": ("Video calls", "الاتصال بالفيديو"),
    "Prendre rendez-vous chez le médecin": ("Booking an appointment with the doctor", "حجز موعد عند الطبيب"),
    "Les arnaques par message": ("Scams by message", "الاحتيال عبر الرسائل"),
    "Préparer un voyage en train": ("Planning a train journey", "التحضير لرحلة بالقطار"),
    "Écouter la radio et des livres": ("Listening to the radio and to books", "الاستماع إلى الإذاعة والكتب"),
    "Trouver le sujet": ("Finding the subject", "اختيار الموضوع"),
    "Cadrer, éclairer": ("Framing and lighting", "التأطير والإضاءة"),
    "Tourner dans le quartier": ("Filming in the neighbourhood", "التصوير في الحي"),
    "Poser de bonnes questions": ("Asking good questions", "طرح أسئلة جيدة"),
    "Monter": ("Editing", "المونتاج"),
    "Le son et les titres": ("Sound and titles", "الصوت والعناوين"),
    "La lettre et le CV": ("The letter and the CV", "الرسالة والسيرة الذاتية"),
    "Les tableaux": ("Spreadsheets", "الجداول"),
    "La messagerie au travail": ("E-mail at work", "البريد الإلكتروني في العمل"),
    "Révision et évaluation": ("Revision and assessment", "المراجعة والتقييم"),
    "Notre premier jeu vidéo, à deux": ("Our first video game, in pairs", "لعبتنا الأولى، اثنين اثنين"),
    "Raconter son quartier en photos": ("Telling about one’s neighbourhood in photos", "حكاية الحي بالصور"),
    "Les écrans à la maison : le grand quiz": ("Screens at home: the big quiz", "الشاشات في البيت: المسابقة الكبرى"),
    "Samedi : portes ouvertes": ("Saturday: open doors", "السبت: أبواب مفتوحة"),
    "Dimanche : portes ouvertes et goûter": ("Sunday: open doors and tea", "الأحد: أبواب مفتوحة وضيافة"),
}  # fmt: skip
"""French → English, Arabic."""
LABELS = {
    "Scratch dans le navigateur": ("Scratch in the browser", "سكراتش في المتصفح"),
    "Fiche 1 – Faire bouger le chat": (
        "Sheet 1 – Making the cat move (in French)", "البطاقة 1 – تحريك القط (بالفرنسية)",
    ),
    "Les Bons Clics : exercices pour la souris et le clavier": (
        "Les Bons Clics: exercises for mouse and keyboard (in French)",
        "Les Bons Clics: تمارين للفأرة ولوحة المفاتيح (بالفرنسية)",
    ),
}  # fmt: skip
PROGRAMMES: dict[str, dict[str, dict[str, str]]] = {
    "club": {
        "en": {
            "goals": "Understanding what a program is\nInventing a story and telling it on the screen\n"
                     "Searching together why it does not work\nShowing the game to the families at the end",
            "material": "A water bottle and a snack\nA notebook if the child likes to draw ideas",
        },
        "ar": {
            "goals": "فهم ما هو البرنامج\nابتكار قصة وروايتها على الشاشة\nالبحث معًا عن سبب الخلل\n"
                     "عرض اللعبة على العائلات في النهاية",
            "material": "قارورة ماء ووجبة خفيفة\nدفتر إن كان الطفل يحب رسم أفكاره",
        },
    },
    "course": {
        "en": {
            "goals": "Writing and keeping a document\nSearching the internet and judging what one finds\n"
                     "Sending an e-mail with an attachment",
            "material": "Nothing: computers are lent\nYour glasses",
        },
        "ar": {
            "goals": "كتابة وثيقة وحفظها\nالبحث في الإنترنت والحكم على ما نجده\nإرسال رسالة مع ملف مرفق",
            "material": "لا شيء: نعير الحواسيب\nنظاراتكم",
        },
    },
    "cafe": {
        "en": {"material": "Your phone or your letters"},
        "ar": {"material": "هاتفكم أو رسائلكم"},
    },
    "phones": {
        "en": {
            "title": "Phone mornings", "description": "One morning, one subject. Come to the one you like, or to all.",
            "material": "Your phone and its charger\nYour glasses",
        },
        "ar": {
            "title": "صباحات الهاتف", "description": "كل صباح موضوع. تعالوا إلى ما يهمّكم، أو إلى كل الصباحات.",
            "material": "هاتفكم وشاحنه\nنظاراتكم",
        },
    },
    "teens": {
        "en": {
            "title": "Video studio for teenagers",
            "description": "Write, film and edit a short report about Bellevue. Cameras are lent. The film is shown at "
                           "the connected weekend.",
        },
        "ar": {
            "title": "استوديو الفيديو للمراهقين",
            "description": "كتابة تقرير قصير عن بيلفو وتصويره ومونتاجه. نعير الكاميرات. يُعرض الفيلم في عطلة نهاية "
                           "الأسبوع الرقمية.",
        },
    },
    "training": {
        "en": {
            "title": "Office passport",
            "description": "Twelve hours, on Saturdays, for people who look for work: texts, spreadsheets, e-mails. "
                           "Paid with training vouchers.",
            "goals": "Laying out a letter and a CV\nMaking a simple spreadsheet\nPreparing for the certificate",
        },
        "ar": {
            "title": "جواز العمل المكتبي",
            "description": "اثنتا عشرة ساعة، أيام السبت، لمن يبحثون عن عمل: نصوص وجداول ورسائل. تُدفع بقسائم التكوين.",
            "goals": "تنسيق رسالة وسيرة ذاتية\nإنجاز جدول بسيط\nالتحضير للشهادة",
        },
    },
}  # fmt: skip


def in_tongues(key: str, said: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The translations of a series: what it says itself, and what is said here."""
    more = PROGRAMMES.get(key, {})
    return {locale: {**said.get(locale, {}), **more.get(locale, {})} for locale in {**said, **more}}


def of_title(title: str) -> dict[str, dict[str, str]]:
    """What a session is about, in other languages."""
    return _both(TITLES, title, "title")


def of_sheet(sheet: Sheet) -> Sheet:
    return replace(sheet, translations=_both(LABELS, sheet.label, "label"))


def _both(words: Mapping[str, tuple[str, str]], french: str, field: str) -> dict[str, dict[str, str]]:
    return {locale: {field: text} for locale, text in zip(("en", "ar"), words.get(french, ()), strict=False)}
