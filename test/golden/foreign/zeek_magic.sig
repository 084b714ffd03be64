signature file_pdf {
    # As file(1) says.
	file-mime "application/pdf", 80
	file-magic /^%PDF-/
}
