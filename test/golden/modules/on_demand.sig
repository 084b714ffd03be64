//! With a folder of modules: `web` is loaded, `mail` declares something else, `ftp` is not there.
policy campus {
  protect 10.0.1.0/24 with web, mail, tcp
  protect 10.0.2.0/24 with web, ftp, worms
  disable probe
}
