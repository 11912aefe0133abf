"""What commands and pages share to carry files in and out: rehearsal, files of refused rows, the export."""
