//! Ports that several files of these rules ask for, so that a site sets them once.

/// Where clear-text web servers listen.
param web_ports = { 80, 81, 3128, 8000..8010, 8080, 8081, 8888 }
