module post { }
