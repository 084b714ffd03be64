//! Holes of routers, cameras and other devices with a web page, by which botnets of the Mirai family spread. As in web.sig: the
//! first packet of a request, in clear text. Most of these devices are never mended, so what is dropped here is all the
//! protection that they have.
//!
//! On nDPI's test captures nothing honest matches, but 93 requests of Nikto for Cisco's levels.

import "./web.sig"

/// Where devices listen beside the usual ports.
param device_ports = { 80, 81, 82, 5000, 7547, 8000..8010, 8080, 8081, 8089, 8443, 8888, 9000, 37215, 49152, 52869 }

/// A request whose path begins so.
predicate asks_device(get) = tcp.dst_port in device_ports and payload contains get nocase at 0

/// The address of an update, handed to a shell, over UPnP on port 37215.
signature huawei_hg532 {
  id       1001001
  title    "Huawei HG532: command in an update"
  severity critical
  class    exploit
  ref      cve "CVE-2017-17215"
  ref      mitre "T1190"
  when     asks_device("POST /ctrlt/DeviceUpgrade_1")
  then     log, drop
}
test "Huawei HG532: command in an update" {
  packet { ipv4  tcp { dst_port 37215 }  payload "POST /ctrlt/DeviceUpgrade_1 HTTP/1.1\r\n" }
  expect huawei_hg532, verdict drop
}
test "near miss: another page, another service" {
  packet { ipv4  tcp { dst_port 37215 }  payload "GET /ctrlt/info HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 25 }  payload "POST /ctrlt/DeviceUpgrade_1 HTTP/1.1\r\n" }
  expect none
}

/// A port mapping asked for over UPnP, whose client is a command.
signature realtek_upnp {
  id       1001002
  title    "Realtek SDK: command in a port mapping"
  severity critical
  class    exploit
  ref      cve "CVE-2014-8361"
  ref      mitre "T1190"
  when     (asks_device("POST /picdesc.xml") or asks_device("POST /wanipcn.xml") or asks_device("POST /picsdesc.xml"))
       and payload contains "AddPortMapping"
  then     log, drop
}
test "Realtek SDK: command in a port mapping" {
  packet { ipv4  tcp { dst_port 52869 }  payload "POST /picdesc.xml HTTP/1.1\r\nSOAPAction: urn:schemas-upnp-org:service:WANIPConnection:1#AddPortMapping\r\n" }
  packet { ipv4  tcp { dst_port 52869 }  payload "POST /wanipcn.xml HTTP/1.1\r\nSOAPAction: urn:schemas-upnp-org:service:WANIPConnection:1#AddPortMapping\r\n" }
  packet { ipv4  tcp { dst_port 52869 }  payload "POST /picsdesc.xml HTTP/1.1\r\nSOAPAction: urn:schemas-upnp-org:service:WANIPConnection:1#AddPortMapping\r\n" }
  expect realtek_upnp * 3, verdict drop
}
test "near miss: another question, and an honest mapping" {
  packet { ipv4  tcp { dst_port 52869 }  payload "POST /picdesc.xml HTTP/1.1\r\nSOAPAction: #GetExternalIPAddress\r\n" }
  packet { ipv4  tcp { dst_port 52869 }  payload "POST /ctl/IPConn HTTP/1.1\r\nSOAPAction: #AddPortMapping\r\n" }
  expect none
}

/// The name of a time server, handed to a shell, over the port for providers (7547): Mirai took a million routers down so in 2016.
signature tr064_ntp {
  id       1001003
  title    "Routers: command as a time server"
  severity critical
  class    exploit
  ref      cve "CVE-2016-10372"
  ref      mitre "T1190"
  when     asks_device("POST /UD/act?1")
  then     log, drop
}
test "Routers: command as a time server" {
  packet {
    ipv4
    tcp { dst_port 7547 }
    payload "POST /UD/act?1 HTTP/1.1\r\nSOAPAction: urn:dslforum-org:service:Time:1#SetNTPServers\r\n"
  }
  expect tr064_ntp, verdict drop
}
test "near miss: another action" {
  packet { ipv4  tcp { dst_port 7547 }  payload "POST /UD/act?0 HTTP/1.1\r\n" }
  expect none
}

/// `?images/` behind any page, and no password is asked for; the page for diagnosis runs what it is told to ping.
signature gpon_diag {
  id       1001004
  title    "GPON routers: past the sign-in"
  severity critical
  class    exploit
  ref      cve "CVE-2018-10561"
  ref      cve "CVE-2018-10562"
  ref      mitre "T1190"
  when     request and asked("/GponForm/diag_Form?")
        or request and asked("/menu.html?images/")
  then     log, drop
}
test "GPON routers: past the sign-in" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /GponForm/diag_Form?images/ HTTP/1.1\r\n\r\nXWebPageName=diag&diag_action=ping&dest_host=x"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /menu.html?images/ HTTP/1.1\r\n" }
  expect gpon_diag * 2, verdict drop
}
test "near miss: other pages" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /GponForm/device_Form?x=1 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /menu.html HTTP/1.1\r\n" }
  expect none
}

/// What stands behind the last slash of the header becomes part of a command.
signature dlink_hnap {
  id       1001005
  title    "D-Link: command in SOAPAction"
  severity critical
  class    exploit
  ref      cve "CVE-2015-2051"
  ref      mitre "T1190"
  when     request and payload contains "SOAPAction:" nocase in uri_first..header_last
       and payload contains "purenetworks.com/HNAP1/GetDeviceSettings/" nocase in uri_first..header_last
  then     log, drop
}
test "D-Link: command in SOAPAction" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /HNAP1/ HTTP/1.1\r\nSOAPAction: http://purenetworks.com/HNAP1/GetDeviceSettings/`id`\r\n"
  }
  expect dlink_hnap, verdict drop
}
test "near miss: the honest call, and the words elsewhere" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /HNAP1/ HTTP/1.1\r\nSOAPAction: \"http://purenetworks.com/HNAP1/GetDeviceSettings\"\r\n"
  }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /find HTTP/1.1\r\n\r\nq=http://purenetworks.com/HNAP1/GetDeviceSettings/x"
  }
  expect none
}

/// `syscmd` runs what `cmd` says, where the page asked for beside it is one that needs no password.
signature netgear_setup {
  id       1001006
  title    "Netgear: command without signing in"
  severity critical
  class    exploit
  ref      cve "CVE-2024-12847"
  ref      mitre "T1190"
  when     asks_for("/setup.cgi?") and asked("todo=syscmd")
  then     log, drop
}
test "Netgear: command without signing in" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /setup.cgi?next_file=netgear.cfg&todo=syscmd&cmd=id&curpath=/&currentsetting.htm=1 HTTP/1.1\r\n"
  }
  expect netgear_setup, verdict drop
}
test "near miss: saving, and a question about it" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /setup.cgi?next_file=index.htm&todo=save HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /help?q=todo=syscmd HTTP/1.1\r\n" }
  expect none
}

/// A page that pings what it is told, in a shell: the worm of 2014.
signature linksys_moon {
  id       1001007
  title    "Linksys: TheMoon"
  severity critical
  class    worm
  ref      cve "CVE-2025-34037"
  ref      mitre "T1190"
  when     (request
        and (asked("/tmUnblock.cgi")
          or asked("/hndUnblock.cgi")))
       and payload contains "ttcp_ip="
  then     log, drop
}
test "Linksys: TheMoon" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /tmUnblock.cgi HTTP/1.1\r\n\r\nsubmit_button=&ttcp_ip=-h+%60id%60" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /hndUnblock.cgi HTTP/1.1\r\n\r\nttcp_ip=-h+%60id%60" }
  expect linksys_moon * 2, verdict drop
}
test "near miss: the page alone, another page" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /tmUnblock.cgi HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /apply.cgi HTTP/1.1\r\n\r\nttcp_ip=1" }
  expect none
}

/// A firewall's own set-up from afar, with a command where a size belongs.
signature zyxel_handler {
  id       1001008
  title    "Zyxel: command without signing in"
  severity critical
  class    exploit
  ref      cve "CVE-2022-30525"
  ref      mitre "T1190"
  when     asks_for("/ztp/cgi-bin/handler")
  then     log, drop
}
test "Zyxel: command without signing in" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /ztp/cgi-bin/handler HTTP/1.1\r\n\r\n{\"command\":\"setWanPortSt\",\"mtu\":\"; id;\"}"
  }
  expect zyxel_handler, verdict drop
}
test "near miss: another page" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ztp/status HTTP/1.1\r\n" }
  expect none
}

/// The name of a language, handed to a shell.
signature hikvision_language {
  id       1001009
  title    "Hikvision: command as a language"
  severity critical
  class    exploit
  ref      cve "CVE-2021-36260"
  ref      mitre "T1190"
  when     asks_device("PUT /SDK/webLanguage")
  then     log, drop
}
test "Hikvision: command as a language" {
  packet { ipv4  tcp { dst_port 80 }  payload "PUT /SDK/webLanguage HTTP/1.1\r\n\r\n<language>$(id)</language>" }
  expect hikvision_language, verdict drop
}
test "near miss: another path, another method" {
  packet { ipv4  tcp { dst_port 80 }  payload "PUT /SDK/other HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /SDK/webLanguage HTTP/1.1\r\n" }
  expect none
}

/// `admin:11` in base 64 as a parameter opens all pages, the pictures and the passwords.
signature hikvision_auth {
  id       1001010
  title    "Hikvision: past the sign-in"
  severity critical
  class    exploit
  ref      cve "CVE-2017-7921"
  ref      mitre "T1190"
  when     asks_for("auth=YWRtaW46MTEK")
  then     log, drop
}
test "Hikvision: past the sign-in" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /System/configurationFile?auth=YWRtaW46MTEK HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /onvif-http/snapshot?auth=YWRtaW46MTEK HTTP/1.1\r\n" }
  expect hikvision_auth * 2, verdict drop
}
test "near miss: other words" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /System/configurationFile?auth=x HTTP/1.1\r\n" }
  expect none
}

/// The file of users and passwords lies in the web root.
signature dahua_configuration {
  id       1001011
  title    "Dahua: users for anybody"
  severity high
  class    exploit
  ref      cve "CVE-2017-7925"
  ref      mitre "T1190"
  when     asks_device("GET /current_config/")
  then     log, drop
}
test "Dahua: users for anybody" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /current_config/passwd HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /current_config/Account1 HTTP/1.1\r\n" }
  expect dahua_configuration * 2, verdict drop
}
test "near miss: another folder" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /current/passwd HTTP/1.1\r\n" }
  expect none
}

/// Levels from 16 on were not asked for a password. In nDPI's captures: 93 requests of Nikto, which tries each level.
signature cisco_level {
  id       1001012
  title    "Cisco IOS: commands for anybody"
  severity critical
  class    exploit
  ref      cve "CVE-2001-0537"
  ref      mitre "T1190"
  when     request and payload contains "/level/" in 4..14 as level and payload.dec(level.end, 3) in 16..99
       and payload contains "/exec/" in 12..31
  then     log, drop
}
test "Cisco IOS: commands for anybody" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /level/16/exec/show/config HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /level/99/exec/-/pwd HTTP/1.1\r\n" }
  expect cisco_level * 2, verdict drop
}
test "near miss: the highest honest level, another page, another game" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /level/15/exec/show/config HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /level/16/help/xx/ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /games/16/exec/ HTTP/1.1\r\n" }
  expect none
}

/// A page that makes the implant of 2023 say that it is there, and one by which users were made.
signature cisco_webui {
  id       1001013
  title    "Cisco IOS XE: an implant is asked for"
  severity critical
  class    exploit
  ref      cve "CVE-2023-20198"
  ref      mitre "T1190"
  when     request
       and (asked("/webui/logoutconfirm.html?logon_hash=")
         or asked("/%2577ebui_wsma"))
  then     log, drop
}
test "Cisco IOS XE: an implant is asked for" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /webui/logoutconfirm.html?logon_hash=1 HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /%2577ebui_wsma_http HTTP/1.1\r\n\r\n" }
  expect cisco_webui * 2, verdict drop
}
test "near miss: the page to sign in" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /webui/login.html HTTP/1.1\r\n" }
  expect none
}

/// A path that leads out of the folder, over the port for Winbox: the list of users.
signature mikrotik_winbox {
  id       1001014
  title    "MikroTik Winbox: any file"
  severity critical
  class    exploit
  ref      cve "CVE-2018-14847"
  ref      mitre "T1190"
  when     tcp.dst_port == 8291 and payload contains "./../flash/rw/store/user.dat"
  then     log, drop
}
test "MikroTik Winbox: any file" {
  packet {
    ipv4
    tcp { dst_port 8291 }
    payload hex"68 01 00 66 4d 32 05 00 ff 01 06 00 ff 09 05 07 00 ff 09 07 01 00 00 21 35"
      + "/////./..//////./..//////./../flash/rw/store/user.dat"
  }
  expect mikrotik_winbox, verdict drop
}
test "near miss: the list of files, another service" {
  packet { ipv4  tcp { dst_port 8291 }  payload hex"68 01 00 66 4d 32" + "list" }
  packet { ipv4  tcp { dst_port 80 }  payload "./../flash/rw/store/user.dat" }
  expect none
}

/// A search for devices that hands an address to a shell: cameras that botnets share.
signature avtech_cgi {
  id       1001015
  title    "AVTECH and others: command in a search"
  severity high
  class    exploit
  ref      cve "CVE-2025-34054"
  ref      url "https://www.exploit-db.com/exploits/40500"
  ref      mitre "T1190"
  when     asks_for("/cgi-bin/nobody/search.cgi?action=cgi_query")
  then     log, drop
}
test "AVTECH and others: command in a search" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /cgi-bin/nobody/Search.cgi?action=cgi_query&ip=google.com&port=80&queryb64str=Lw== HTTP/1.1\r\n"
  }
  expect avtech_cgi, verdict drop
}
test "near miss: what it can" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cgi-bin/nobody/Machine.cgi?action=get_capability HTTP/1.1\r\n" }
  expect none
}

/// GoAhead in cameras of many names: with an empty user and password behind the file's name, it is handed out.
signature boa_password {
  id       1001016
  title    "Cameras: settings for anybody"
  severity high
  class    exploit
  ref      cve "CVE-2017-8225"
  ref      mitre "T1190"
  when     asks_for("/system.ini?loginuse")
  then     log, drop
}
test "Cameras: settings for anybody" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /system.ini?loginuse&loginpas HTTP/1.1\r\n" }
  expect boa_password, verdict drop
}
test "near miss: the file, for which a password is asked" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /system.ini HTTP/1.1\r\n" }
  expect none
}

/// The country, handed to a shell by the page for languages that asks for no password.
signature tplink_country {
  id       1001017
  title    "TP-Link Archer: command as a country"
  severity critical
  class    exploit
  ref      cve "CVE-2023-1389"
  ref      mitre "T1190"
  when     asks_for("/cgi-bin/luci/;stok=/locale") and payload contains "country=$(" nocase
  then     log, drop
}
test "TP-Link Archer: command as a country" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /cgi-bin/luci/;stok=/locale?form=country&operation=write&country=$(id) HTTP/1.1\r\n"
  }
  expect tplink_country, verdict drop
}
test "near miss: a language, and another page" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cgi-bin/luci/;stok=/locale?form=lang HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x?country=$(id) HTTP/1.1\r\n" }
  expect none
}

/// The page to sign in by hands a message to a shell.
signature qnap_command {
  id       1001018
  title    "QNAP: command in a message"
  severity critical
  class    exploit
  ref      cve "CVE-2017-6361"
  ref      mitre "T1190"
  when     asks_for("/cgi-bin/authLogin.cgi") and asked("reboot_notice_msg=")
  then     log, drop
}
test "QNAP: command in a message" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /cgi-bin/authLogin.cgi?reboot_notice_msg=UU5BUFZKTTcwMzc5 HTTP/1.1\r\n"
  }
  expect qnap_command, verdict drop
}
test "near miss: signing in, another page" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /cgi-bin/authLogin.cgi?user=anna HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x?reboot_notice_msg=1 HTTP/1.1\r\n" }
  expect none
}

test "honest traffic" {
  pcap "captures/mixed-benign.pcap"
  pcap "captures/nmap-connect.pcap"
  expect none
}
