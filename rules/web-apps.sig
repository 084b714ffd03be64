//! Holes of one product each, found by the path or the header that their public descriptions name. What holds for web.sig holds here: clear text,
//! the first packet of a request, on `web_ports`. Most of these products speak TLS to the world; Sigward sees them where something
//! in front of it has taken the TLS off, and inside a network.
//!
//! On nDPI's test captures nothing honest matches, but two requests of Nikto.

import "./ports.sig"
import "./web.sig"

// Mail and office ------------------------------------------------------------------------------------------------------

/// A path for discovery with `@` behind it: Exchange's front end takes what follows for a mailbox and forwards the rest with its own rights.
signature proxyshell {
  id       1000901
  title    "Exchange: ProxyShell"
  severity critical
  class    exploit
  ref      cve "CVE-2021-34473"
  ref      cve "CVE-2021-34523"
  ref      mitre "T1190"
  when     request
       and (asked("/autodiscover.json?@")
         or asked("/autodiscover.json%3f@")
         or asked("/autodiscover.json?a=")
         or asked("/autodiscover.json?email=autodiscover/"))
  then     log, drop
}
test "Exchange" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /autodiscover/autodiscover.json?@x.y/mapi/nspi/ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /autodiscover/autodiscover.json%3F@x.y/mapi/ HTTP/1.1\r\n" }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /autodiscover/autodiscover.json?a=x@y/powershell/ HTTP/1.1\r\n\r\n"
  }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /autodiscover/autodiscover.json?email=autodiscover/autodiscover.json%3f HTTP/1.1\r\n"
  }
  expect proxyshell * 4, verdict drop
}
test "near miss: a mail program that asks for its settings" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /autodiscover/autodiscover.json?Email=a%40b.example&Protocol=ActiveSync HTTP/1.1\r\n"
  }
  expect none
}

/// A cookie that names the server behind: Exchange's front end sends the request there with its own rights.
signature proxylogon {
  id       1000902
  title    "Exchange: ProxyLogon"
  severity critical
  class    exploit
  ref      cve "CVE-2021-26855"
  ref      mitre "T1190"
  when     request
       and (payload contains "X-BEResource=" nocase in uri_first..header_last
         or payload contains "X-AnonResource-Backend=" nocase in uri_first..header_last)
  then     log, drop
}
test "Exchange" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /ecp/x.js HTTP/1.1\r\nCookie: X-BEResource=localhost~1942062522\r\n"
  }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /owa/auth/x.js HTTP/1.1\r\nCookie: X-AnonResource=true; X-AnonResource-Backend=localhost/ecp/?~3\r\n"
  }
  expect proxylogon * 2, verdict drop
}
test "near miss: an honest cookie of Exchange" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /owa/ HTTP/1.1\r\nCookie: X-BackEndCookie=S-1-5\r\n" }
  expect none
}

/// The page that edits parts of pages, asked for as if from the page that signs out, which needs nobody to have signed in.
signature sharepoint_toolshell {
  id       1000903
  title    "SharePoint: ToolShell"
  severity critical
  class    exploit
  ref      cve "CVE-2025-53770"
  ref      cve "CVE-2025-49706"
  ref      mitre "T1190"
  when     asks_for("/toolpane.aspx?displaymode=edit")
       and payload contains "/_layouts/SignOut.aspx" nocase in uri_first..header_last
  then     log, drop
}
test "SharePoint" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /_layouts/15/ToolPane.aspx?DisplayMode=Edit&a=/ToolPane.aspx HTTP/1.1\r\nReferer: /_layouts/SignOut.aspx\r\n" }
  expect sharepoint_toolshell, verdict drop
}
test "near miss: an editor who has signed in, and one who has signed out" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /_layouts/15/ToolPane.aspx?DisplayMode=Edit HTTP/1.1\r\nReferer: /sites/team/default.aspx\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nReferer: /_layouts/SignOut.aspx\r\n" }
  expect none
}

/// Imports a mailbox from an archive whose names lead out of their folder; nobody had to have signed in.
signature zimbra_mboximport {
  id       1000904
  title    "Zimbra: archive written anywhere"
  severity critical
  class    exploit
  ref      cve "CVE-2022-27925"
  ref      cve "CVE-2022-37042"
  ref      mitre "T1190"
  when     asks_for("/service/extension/backup/mboximport")
  then     log, drop
}
test "Zimbra" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /service/extension/backup/mboximport?account-name=admin&ow=2&no-switch=1&append=1 HTTP/1.1\r\n\r\nPK"
  }
  expect zimbra_mboximport, verdict drop
}
test "near miss: another page of it" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /service/extension/backup/help HTTP/1.1\r\n" }
  expect none
}

/// What a path begins with. Where all of an address is asked for, its two slashes end before byte 16, and the next one begins the path.
predicate path_begins(text) =
  payload contains text nocase as found
  and in_request_line(found)
  and (not payload contains "/" in 0 .. found.start - 1
    or payload contains "://" in 7..15 and not payload contains "/" in 16 .. found.start - 1)

/// `${` at the beginning of a path is evaluated, as it is by Struts where a namespace is missing.
signature confluence_ognl {
  id       1000905
  title    "Confluence: expression in the path"
  severity critical
  class    exploit
  ref      cve "CVE-2022-26134"
  ref      cve "CVE-2018-11776"
  ref      mitre "T1190"
  when     request and (path_begins("/${") or path_begins("/%24%7b") or path_begins("/$%7b") or path_begins("/%24{"))
  then     log, drop
}
test "Confluence" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /${(1+1)}/ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /%24%7B(1+1)%7D/ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /%24%7b@java.lang.Runtime@x%7d/ HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "\r\nPUT /$%7b(1+1)%7d/ HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /%24{(1+1)%7d/ HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "OPTIONS https://wiki.example/${(1+1)}/ HTTP/1.1\r\n" }
  expect confluence_ognl * 6, verdict drop
}
test "near miss: an expression elsewhere, and mail" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /pages/%24%7Bname%7D HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET http://wiki.example/pages/${name} HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "OPTIONS * HTTP/1.1\r\nX-Template: a/${name}\r\n" }
  packet { ipv4  tcp { dst_port 25 }  payload "GET /${(1+1)}/ HTTP/1.1\r\n" }
  expect none
}

/// A parameter says that the set-up is not over, so that anybody makes an administrator; or a backup is read back by anybody.
signature confluence_setup {
  id       1000906
  title    "Confluence: set up again"
  severity critical
  class    exploit
  ref      cve "CVE-2023-22515"
  ref      cve "CVE-2023-22518"
  ref      mitre "T1190"
  when     request
       and (asked("bootstrapStatusProvider.applicationConfig.setupComplete")
         or asked("/json/setup-restore.action"))
  then     log, drop
}
test "Confluence" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /server-info.action?bootstrapStatusProvider.applicationConfig.setupComplete=false HTTP/1.1\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /json/setup-restore.action?synchronous=true HTTP/1.1\r\n\r\n" }
  expect confluence_setup * 2, verdict drop
}
test "near miss: an honest question" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /server-info.action?pretty=true HTTP/1.1\r\n" }
  expect none
}

/// A preview whose template is named by the sender.
signature confluence_preview {
  id       1000907
  title    "Confluence: template read from anywhere"
  severity high
  class    exploit
  ref      cve "CVE-2019-3396"
  ref      mitre "T1190"
  when     asks_for("/rest/tinymce/1/macro/preview") and payload contains "\"_template\":"
  then     log, drop
}
test "Confluence" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /rest/tinymce/1/macro/preview HTTP/1.1\r\n\r\n{\"contentId\":\"1\",\"macro\":{\"name\":\"widget\",\"params\":{\"_template\":\"../web.xml\"}}}" }
  expect confluence_preview, verdict drop
}
test "near miss: an honest preview, and the word elsewhere" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /rest/tinymce/1/macro/preview HTTP/1.1\r\n\r\n{\"contentId\":\"1\",\"macro\":{\"name\":\"toc\"}}"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /docs HTTP/1.1\r\n\r\n\"_template\":" }
  expect none
}

/// The web shell that Cl0p left behind, and the library's action by which it came (CISA AA23-158A).
signature moveit_guest {
  id       1000908
  title    "MOVEit: forged session"
  severity critical
  class    exploit
  ref      cve "CVE-2023-34362"
  ref      cert "AA23-158A"
  ref      mitre "T1190"
  when     request
       and (asked("/moveitisapi/moveitisapi.dll?action=m2")
         or asked("/human2.aspx"))
  then     log, drop
}
test "MOVEit" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /moveitisapi/moveitisapi.dll?action=m2 HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /human2.aspx HTTP/1.1\r\n" }
  expect moveit_guest * 2, verdict drop
}
test "near miss: the page that the shell is called after" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /human.aspx HTTP/1.1\r\n\r\n" }
  expect none
}

/// The last page of the set-up makes whoever opens it an administrator.
signature papercut_setup {
  id       1000909
  title    "PaperCut: set-up without signing in"
  severity critical
  class    exploit
  ref      cve "CVE-2023-27350"
  ref      mitre "T1190"
  when     asks_for("?service=page/setupcompleted")
  then     log, drop
}
test "PaperCut" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /app?service=page/SetupCompleted HTTP/1.1\r\n" }
  expect papercut_setup, verdict drop
}
test "near miss: another page" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /app?service=page/Home HTTP/1.1\r\n" }
  expect none
}

/// A slash behind the set-up's page, which the check for it does not know.
signature screenconnect_setup {
  id       1000910
  title    "ScreenConnect: set up again"
  severity critical
  class    exploit
  ref      cve "CVE-2024-1709"
  ref      mitre "T1190"
  when     asks_for("/setupwizard.aspx/")
  then     log, drop
}
test "ScreenConnect" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /SetupWizard.aspx/x HTTP/1.1\r\n" }
  expect screenconnect_setup, verdict drop
}
test "near miss: the page without a slash" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /SetupWizard.aspx HTTP/1.1\r\n" }
  expect none
}

/// `/./` in front of the path, which the filter does not take away and the server does.
signature manageengine_restapi {
  id       1000911
  title    "ManageEngine: REST without signing in"
  severity critical
  class    exploit
  ref      cve "CVE-2021-40539"
  ref      mitre "T1190"
  when     asks_for("/./restapi/")
  then     log, drop
}
test "ManageEngine" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /./RestAPI/LogonCustomization HTTP/1.1\r\n\r\n" }
  expect manageengine_restapi, verdict drop
}
test "near miss: the path as it is" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /RestAPI/LogonCustomization HTTP/1.1\r\n\r\n" }
  expect none
}

/// A page that does not exist, a parameter that names another, and `;.jsp` behind it.
signature teamcity_jsp {
  id       1000912
  title    "TeamCity: any page without signing in"
  severity critical
  class    exploit
  ref      cve "CVE-2024-27198"
  ref      mitre "T1190"
  when     asks_for("?jsp=/app/") and asked(";.jsp")
  then     log, drop
}
test "TeamCity" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /hax?jsp=/app/rest/users;.jsp HTTP/1.1\r\n\r\n" }
  expect teamcity_jsp, verdict drop
}
test "near miss: honest paths" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /app/rest/users HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?jsp=/app/list.jsp HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /old/index;.jsp HTTP/1.1\r\n" }
  expect none
}

/// Whoever has to change his password counts as signed in, with or without a name.
signature ofbiz_xmlrpc {
  id       1000913
  title    "OFBiz: password change for nobody"
  severity critical
  class    exploit
  ref      cve "CVE-2023-49070"
  ref      cve "CVE-2023-51467"
  ref      mitre "T1190"
  when     asks_for("requirepasswordchange=y")
  then     log, drop
}
test "OFBiz" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /webtools/control/ProgramExport;/?USERNAME=&PASSWORD=&requirePasswordChange=Y HTTP/1.1\r\n\r\n"
  }
  expect ofbiz_xmlrpc, verdict drop
}
test "near miss: signing in" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /webtools/control/login?USERNAME=admin HTTP/1.1\r\n\r\n" }
  expect none
}

// Gateways -------------------------------------------------------------------------------------------------------------

/// `/vpn/../vpns/`: the front checks the first, the back serves the second.
signature citrix_traversal {
  id       1000914
  title    "Citrix ADC: path of templates"
  severity critical
  class    exploit
  ref      cve "CVE-2019-19781"
  ref      mitre "T1190"
  when     request
       and (asked("/vpn/../vpns/")
         or asked("/vpn/%2e%2e/vpns/")
         or asked("/vpns/portal/scripts/newbm.pl"))
  then     log, drop
}
test "Citrix ADC" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /vpn/../vpns/cfg/smb.conf HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /vpn/%2E%2E/vpns/portal/x.xml HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /vpns/portal/scripts/newbm.pl HTTP/1.1\r\n\r\n" }
  expect citrix_traversal * 3, web_encoded_traversal * 1, verdict drop
}
test "near miss: the page to sign in" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /vpn/index.html HTTP/1.1\r\n" }
  expect none
}

/// `..;` is a step up for Tomcat and none for Apache in front of it.
signature f5_tmui {
  id       1000915
  title    "F5 BIG-IP: management past its front"
  severity critical
  class    exploit
  ref      cve "CVE-2020-5902"
  ref      mitre "T1190"
  when     asks_for("/..;/")
  then     log, drop
}
test "F5 BIG-IP" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /tmui/login.jsp/..;/tmui/locallb/workspace/fileRead.jsp HTTP/1.1\r\n"
  }
  expect f5_tmui, verdict drop
}
test "near miss: a session in the path" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /tmui/login.jsp;jsessionid=1 HTTP/1.1\r\n" }
  expect none
}

/// The path that runs a shell. Administrators use it, so it is only logged.
signature f5_icontrol {
  id       1000916
  title    "F5 BIG-IP: commands without signing in"
  severity critical
  class    exploit
  ref      cve "CVE-2022-1388"
  ref      cve "CVE-2021-22986"
  ref      mitre "T1190"
  when     asks_for("/mgmt/tm/util/bash")
  then     log
}
test "F5 BIG-IP" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /mgmt/tm/util/bash HTTP/1.1\r\n\r\n{\"command\":\"run\",\"utilCmdArgs\":\"-c id\"}"
  }
  expect f5_icontrol, verdict accept
}
test "near miss: another path of it" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /mgmt/tm/ltm/pool HTTP/1.1\r\n" }
  expect none
}

/// Steps up behind a path that nobody has to have signed in for.
signature pulse_traversal {
  id       1000917
  title    "Pulse Connect Secure: any file"
  severity critical
  class    exploit
  ref      cve "CVE-2019-11510"
  ref      mitre "T1190"
  when     asks_for("/dana-na/../dana/html5acc/")
  then     log, drop
}
test "Pulse Connect Secure" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /dana-na/../dana/html5acc/guacamole/../../../../etc/hosts HTTP/1.1\r\n"
  }
  expect pulse_traversal, web_traversal, web_system_file, verdict drop
}
test "near miss: the page to sign in" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /dana-na/auth/url_default/welcome.cgi HTTP/1.1\r\n" }
  expect none
}

/// Steps up behind a path that nobody has to have signed in for, to one that runs commands.
signature ivanti_connect {
  id       1000918
  title    "Ivanti Connect Secure: past the sign-in"
  severity critical
  class    exploit
  ref      cve "CVE-2023-46805"
  ref      cve "CVE-2024-21887"
  ref      mitre "T1190"
  when     request
       and (asked("/api/v1/totp/user-backup-code/..")
         or asked("/api/v1/cav/client/status/.."))
  then     log, drop
}
test "Ivanti Connect Secure" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /api/v1/totp/user-backup-code/../../system/system-information HTTP/1.1\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /api/v1/cav/client/status/../../admin/options HTTP/1.1\r\n" }
  expect ivanti_connect * 2, verdict drop
}
test "near miss: the path as it is" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /api/v1/totp/user-backup-code HTTP/1.1\r\n\r\n" }
  expect none
}

/// A language that is a path: names and passwords of all who are signed in, in clear.
signature fortios_websession {
  id       1000919
  title    "FortiOS: list of sessions"
  severity critical
  class    exploit
  ref      cve "CVE-2018-13379"
  ref      mitre "T1190"
  when     request
       and (asked("/remote/fgt_lang?lang=/../")
         or asked("/remote/fgt_lang?lang=%2f.."))
  then     log, drop
}
test "FortiOS" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /remote/fgt_lang?lang=/../../../..//////////dev/cmdb/sslvpn_websession HTTP/1.1\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /remote/fgt_lang?lang=%2F..%2Fdev HTTP/1.1\r\n" }
  expect fortios_websession * 2, web_traversal, verdict drop
}
test "near miss: a language" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /remote/fgt_lang?lang=fr HTTP/1.1\r\n" }
  expect none
}

/// Two names of FortiOS's own callers, which it lets do all.
signature fortios_report_runner {
  id       1000920
  title    "FortiOS: a caller from inside"
  severity critical
  class    exploit
  ref      cve "CVE-2022-40684"
  ref      mitre "T1190"
  when     asks_for("/api/v2/cmdb/")
       and (payload contains "\r\nUser-Agent: Report Runner\r\n" nocase in uri_first..header_last
         or payload contains "for=\"[127.0.0.1]:" nocase in uri_first..header_last)
  then     log, drop
}
test "FortiOS" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "PUT /api/v2/cmdb/system/admin/admin HTTP/1.1\r\nUser-Agent: Report Runner\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /api/v2/cmdb/system/admin HTTP/1.1\r\nUser-Agent: Node.js\r\nForwarded: by=\"[127.0.0.1]:80\"; for=\"[127.0.0.1]:49490\"\r\n" }
  expect fortios_report_runner * 2, verdict drop
}
test "near miss: a browser, and another server" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /api/v2/cmdb/system/admin HTTP/1.1\r\nUser-Agent: Mozilla/5.0\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x HTTP/1.1\r\nUser-Agent: Report Runner\r\n" }
  expect none
}

/// The name of a session becomes the name of a file, and that a command.
signature panos_sessid {
  id       1000921
  title    "PAN-OS: path in a cookie"
  severity critical
  class    exploit
  ref      cve "CVE-2024-3400"
  ref      mitre "T1190"
  when     request
       and (payload contains "SESSID=/../" nocase in uri_first..header_last
         or payload contains "SESSID=./../" nocase in uri_first..header_last)
  then     log, drop
}
test "PAN-OS" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /ssl-vpn/hipreport.esp HTTP/1.1\r\nCookie: SESSID=/../../../opt/panlogs/tmp/device_telemetry/minute/x\r\n" }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /ssl-vpn/hipreport.esp HTTP/1.1\r\nCookie: SESSID=./../../../opt/x\r\n"
  }
  expect panos_sessid * 2, verdict drop
}
test "near miss: a session" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /ssl-vpn/hipreport.esp HTTP/1.1\r\nCookie: SESSID=1b2c3d4e\r\n" }
  expect none
}

/// Two paths that write what they are sent, for anybody.
signature vmware_upload {
  id       1000922
  title    "vCenter: archive written anywhere"
  severity critical
  class    exploit
  ref      cve "CVE-2021-21972"
  ref      cve "CVE-2021-22005"
  ref      mitre "T1190"
  when     request
       and (asked("/ui/vropspluginui/rest/services/uploadova")
         or asked("/analytics/telemetry/ph/api/hyper/send"))
  then     log, drop
}
test "vCenter" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /ui/vropspluginui/rest/services/uploadova HTTP/1.1\r\n\r\n" }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /analytics/telemetry/ph/api/hyper/send?_c=x&_i=/../x HTTP/1.1\r\n\r\n"
  }
  expect vmware_upload * 2, verdict drop
}
test "near miss: the page to sign in" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /ui/login HTTP/1.1\r\n" }
  expect none
}

/// A device's name that is evaluated by FreeMarker.
signature workspace_one_template {
  id       1000923
  title    "VMware Workspace ONE: expression in a template"
  severity critical
  class    exploit
  ref      cve "CVE-2022-22954"
  ref      mitre "T1190"
  when     request
       and (asked("deviceudid=${")
         or asked("deviceudid=%24%7b"))
  then     log, drop
}
test "VMware Workspace ONE" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /catalog-portal/ui/oauth/verify?error=&deviceUdid=${x} HTTP/1.1\r\n"
  }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /catalog-portal/ui/oauth/verify?error=&deviceUdid=%24%7b%22freemarker HTTP/1.1\r\n"
  }
  expect workspace_one_template * 2, verdict drop
}
test "near miss: a device" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /catalog-portal/ui/oauth/verify?error=&deviceUdid=4711 HTTP/1.1\r\n"
  }
  expect none
}

// Servers of Java ------------------------------------------------------------------------------------------------------

/// Parameters called so were evaluated.
signature struts_redirect {
  id       1000924
  title    "Struts: expression behind redirect"
  severity critical
  class    exploit
  ref      cve "CVE-2013-2251"
  ref      cve "CVE-2013-2248"
  ref      mitre "T1190"
  when     request
       and (asked("?redirect:${")
         or asked("?redirect:%24%7b")
         or asked("?redirect:%25{")
         or asked("?action:%25{")
         or asked("?redirectaction:%25{"))
  then     log, drop
}
test "Struts" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x.action?redirect:${1} HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x.action?redirect:%24%7b1%7d HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x.action?redirect:%25{1} HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x.action?action:%25{1} HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x.action?redirectAction:%25{1} HTTP/1.1\r\n" }
  expect struts_redirect * 5, verdict drop
}
test "near miss: an honest parameter" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x.action?redirect=home HTTP/1.1\r\n" }
  expect none
}

/// Steps up, encoded twice, behind a path that nobody has to have signed in for.
signature weblogic_console {
  id       1000925
  title    "WebLogic: console past its front"
  severity critical
  class    exploit
  ref      cve "CVE-2020-14882"
  ref      cve "CVE-2020-14883"
  ref      mitre "T1190"
  when     request
       and (asked("/console/css/%252e")
         or asked("/console/images/%252e"))
  then     log, drop
}
test "WebLogic" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /console/css/%252e%252e%252fconsole.portal HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /console/images/%252E%252E%252Fconsole.portal HTTP/1.1\r\n\r\n" }
  expect weblogic_console * 2, verdict drop
}
test "near miss: a style" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /console/css/login.css HTTP/1.1\r\n" }
  expect none
}

/// Two services that build whatever objects a message names. Nothing but a cluster asks them.
signature weblogic_wls_wsat {
  id       1000926
  title    "WebLogic: XML that is run"
  severity critical
  class    exploit
  ref      cve "CVE-2017-10271"
  ref      cve "CVE-2019-2725"
  ref      mitre "T1190"
  when     request
       and (asked("/wls-wsat/")
         or asked("/_async/AsyncResponseService"))
       and payload contains "<void class="
  then     log, drop
}
test "WebLogic" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /wls-wsat/CoordinatorPortType HTTP/1.1\r\n\r\n<work:WorkContext><java><void class=\"java.lang.ProcessBuilder\">" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /_async/AsyncResponseService HTTP/1.1\r\n\r\n<void class=\"x\">" }
  expect weblogic_wls_wsat * 2, verdict drop
}
test "near miss: an honest message, and another path" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /wls-wsat/CoordinatorPortType HTTP/1.1\r\n\r\n<Envelope/>" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/<void class=x HTTP/1.1\r\n" }
  expect none
}

/// Three doors to JBoss's inside, open where nobody closed them.
signature jboss_invoker {
  id       1000927
  title    "JBoss: objects from anybody"
  severity critical
  class    exploit
  ref      cve "CVE-2015-7501"
  ref      cve "CVE-2017-12149"
  ref      cve "CVE-2007-1036"
  ref      mitre "T1190"
  when     request
       and (asked("/invoker/jmxinvokerservlet")
         or asked("/invoker/ejbinvokerservlet")
         or asked("/invoker/readonly")
         or asked("/jmx-console/htmladaptor"))
  then     log, drop
}
test "JBoss" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /invoker/JMXInvokerServlet HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /invoker/EJBInvokerServlet HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /invoker/readonly HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "HEAD /jmx-console/HtmlAdaptor?action=invokeOp HTTP/1.0\r\n" }
  expect jboss_invoker * 4, verdict drop
}
test "near miss: the doors' hall" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /invoker/ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /jmx-console/ HTTP/1.1\r\n" }
  expect none
}

/// A slash or a blank behind the extension, so that the program is written as a page; the next request runs it.
signature tomcat_put_jsp {
  id       1000928
  title    "Tomcat: program put on the server"
  severity critical
  class    exploit
  ref      cve "CVE-2017-12615"
  ref      cve "CVE-2017-12617"
  ref      mitre "T1190"
  when     tcp.dst_port in web_ports
       and method("PUT ")
       and (asked(".jsp/ HTTP/")
         or asked(".jsp%20 HTTP/")
         or asked(".jsp::$data"))
  then     log, drop
}
test "Tomcat" {
  packet { ipv4  tcp { dst_port 80 }  payload "PUT /x.jsp/ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "PUT /x.jsp%20 HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "PUT /x.jsp::$DATA HTTP/1.1\r\n" }
  expect tomcat_put_jsp * 3, iis_source * 1, verdict drop
}
test "near miss: an honest upload, a page, mail" {
  packet { ipv4  tcp { dst_port 80 }  payload "PUT /x.jsp HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /x.jsp/ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 25 }  payload "PUT /x.jsp/ HTTP/1.1\r\n" }
  expect none
}

/// A header that is evaluated, and the path by which a route with an expression is made.
signature spring_function {
  id       1000929
  title    "Spring Cloud: expression as a route"
  severity critical
  class    exploit
  ref      cve "CVE-2022-22963"
  ref      cve "CVE-2022-22947"
  ref      mitre "T1190"
  when     request and payload contains "\r\nspring.cloud.function.routing-expression:" nocase in uri_first..header_last
        or tcp.dst_port in web_ports and method("POST ") and asked("/actuator/gateway/routes/")
  then     log, drop
}
test "Spring Cloud" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /functionRouter HTTP/1.1\r\nspring.cloud.function.routing-expression: T(java.lang.Runtime)\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /actuator/gateway/routes/x HTTP/1.1\r\n\r\n{}" }
  expect spring_function * 2, verdict drop
}
test "near miss: a function's name, the list of routes, mail" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /functionRouter HTTP/1.1\r\nspring.cloud.function.definition: upper\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /actuator/gateway/routes/ HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 25 }  payload "POST /actuator/gateway/routes/x HTTP/1.1\r\n" }
  expect none
}

/// What a program for its developers shows of itself: all its memory, all its settings.
signature actuator_secrets {
  id       1000930
  title    "Spring Boot: memory or settings for anybody"
  severity medium
  class    recon
  ref      cwe "CWE-200"
  ref      mitre "T1190"
  when     request
       and (asked("/actuator/heapdump")
         or asked("/actuator/env")
         or asked("/jolokia/exec/"))
  then     log, drop
}
test "Spring Boot" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /actuator/heapdump HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /actuator/env HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /jolokia/exec/com.sun.management HTTP/1.1\r\n" }
  expect actuator_secrets * 3, verdict drop
}
test "near miss: whether it is well" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /actuator/health HTTP/1.1\r\n" }
  expect none
}

/// A path that leads through objects to the check of a script, which runs it.
signature jenkins_sandbox {
  id       1000931
  title    "Jenkins: script past the sandbox"
  severity critical
  class    exploit
  ref      cve "CVE-2018-1000861"
  ref      cve "CVE-2019-1003000"
  ref      mitre "T1190"
  when     asks_for("/descriptorbyname/org.jenkinsci.plugins.")
  then     log, drop
}
test "Jenkins" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /securityRealm/user/admin/descriptorByName/org.jenkinsci.plugins.scriptsecurity.sandbox.groovy.SecureGroovyScript/checkScript?sandbox=true&value=x HTTP/1.1\r\n" }
  expect jenkins_sandbox, verdict drop
}
test "near miss: a user's page" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /securityRealm/user/admin/ HTTP/1.1\r\n" }
  expect none
}

/// A template that the sender writes.
signature solr_velocity {
  id       1000932
  title    "Solr: template in a query"
  severity critical
  class    exploit
  ref      cve "CVE-2019-17558"
  ref      mitre "T1190"
  when     asks_for("v.template.custom=")
  then     log, drop
}
test "Solr" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /solr/core/select?q=1&wt=velocity&v.template=custom&v.template.custom=x HTTP/1.1\r\n"
  }
  expect solr_velocity, verdict drop
}
test "near miss: a search for the word" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /solr/core/select?q=v.template HTTP/1.1\r\n" }
  expect none
}

/// A search that computes its results by a program of the sender's.
signature elastic_script {
  id       1000933
  title    "Elasticsearch: script in a search"
  severity critical
  class    exploit
  ref      cve "CVE-2014-3120"
  ref      cve "CVE-2015-1427"
  ref      mitre "T1190"
  when     asks_for("/_search") and payload contains "java.lang."
  then     log, drop
}
test "Elasticsearch" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /_search?pretty HTTP/1.1\r\n\r\n{\"script_fields\":{\"x\":{\"script\":\"java.lang.Math.class.forName(1)\"}}}" }
  expect elastic_script, verdict drop
}
test "near miss: a search, and a text about Java" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /_search?pretty HTTP/1.1\r\n\r\n{\"query\":{\"match_all\":{}}}" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /blog HTTP/1.1\r\n\r\njava.lang.Math" }
  expect none
}

/// Steps up behind the name of a plugin.
signature grafana_traversal {
  id       1000934
  title    "Grafana: any file"
  severity high
  class    exploit
  ref      cve "CVE-2021-43798"
  ref      mitre "T1190"
  when     asks_for("/public/plugins/") and asked("/../../")
  then     log, drop
}
test "Grafana" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /public/plugins/text/../../../../conf/defaults.ini HTTP/1.1\r\n" }
  expect grafana_traversal, web_traversal, verdict drop
}
test "near miss: a picture, and steps elsewhere" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /public/plugins/text/img/icon.svg HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /a/../../b HTTP/1.1\r\n" }
  expect none
}

// Servers of PHP -------------------------------------------------------------------------------------------------------

/// Without an equals sign a query becomes the program's arguments; Windows takes the soft hyphen 0xAD for a hyphen.
signature php_cgi_arguments {
  id       1000935
  title    "PHP: options in a query"
  severity critical
  class    exploit
  ref      cve "CVE-2012-1823"
  ref      cve "CVE-2024-4577"
  ref      mitre "T1190"
  when     request
       and (asked("?-d+allow_url_include")
         or asked("?-d%20allow_url_include")
         or asked("?%add+allow_url_include")
         or asked("?-s HTTP/"))
  then     log, drop
}
test "PHP" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /index.php?-d+allow_url_include%3d1 HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /index.php?-d%20allow_url_include%3d1 HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /php-cgi/php-cgi.exe?%ADd+allow_url_include%3d1 HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /index.php?-s HTTP/1.1\r\n" }
  expect php_cgi_arguments * 4, verdict drop
}
test "near miss: a search, and a parameter" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?q=allow_url_include HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /index.php?-size=4 HTTP/1.1\r\n" }
  expect none
}

/// `system.multicall` tries hundreds of passwords in one request. No program of an honest author needs it.
signature wordpress_multicall {
  id       1000936
  title    "WordPress: many calls in one"
  severity medium
  class    exploit
  ref      mitre "T1110"
  ref      url "https://blog.sucuri.net/2015/10/brute-force-amplification-attacks-against-wordpress-xmlrpc.html"
  ref      mitre "T1190"
  when     asks_for("/xmlrpc.php") and payload contains "<methodName>system.multicall</methodName>"
  then     log, drop
}
test "WordPress" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /xmlrpc.php HTTP/1.1\r\n\r\n<?xml version=\"1.0\"?><methodCall><methodName>system.multicall</methodName>" }
  expect wordpress_multicall, verdict drop
}
test "near miss: one call, and another server" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /xmlrpc.php HTTP/1.1\r\n\r\n<methodCall><methodName>wp.getPosts</methodName>"
  }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /rpc HTTP/1.1\r\n\r\n<methodCall><methodName>system.multicall</methodName>"
  }
  expect none
}

/// A blog is told to fetch a page, to scan or flood others. Other blogs ask so honestly, so it is only logged.
signature wordpress_pingback {
  id       1000937
  title    "WordPress: pingback"
  severity medium
  class    exploit
  ref      cve "CVE-2013-0235"
  ref      mitre "T1190"
  when     asks_for("/xmlrpc.php") and payload contains "<methodName>pingback.ping</methodName>"
  then     log
}
test "WordPress" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /xmlrpc.php HTTP/1.1\r\n\r\n<methodCall><methodName>pingback.ping</methodName>"
  }
  expect wordpress_pingback, verdict accept
}
test "near miss: another call, and another server" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /xmlrpc.php HTTP/1.1\r\n\r\n<methodCall><methodName>wp.getUsersBlogs</methodName>"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /rpc HTTP/1.1\r\n\r\n<methodName>pingback.ping</methodName>" }
  expect none
}

/// A plugin that shows pictures, asked for the file with the database's password.
signature wordpress_config_download {
  id       1000938
  title    "WordPress: settings by a plugin"
  severity high
  class    exploit
  ref      cve "CVE-2014-9734"
  ref      mitre "T1190"
  when     asks_for("admin-ajax.php?") and asked("wp-config.php")
  then     log, drop
}
test "WordPress" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /wp-admin/admin-ajax.php?action=revslider_show_image&img=../wp-config.php HTTP/1.1\r\n"
  }
  expect wordpress_config_download, verdict drop
}
test "near miss: a picture, and another page" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /wp-admin/admin-ajax.php?action=revslider_show_image&img=a.jpg HTTP/1.1\r\n"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /docs/wp-config.php HTTP/1.1\r\n" }
  expect none
}

/// Names in a form that begin with `#` are Drupal's own: what is called so is run.
signature drupalgeddon2 {
  id       1000939
  title    "Drupal: form that runs commands"
  severity critical
  class    exploit
  ref      cve "CVE-2018-7600"
  ref      mitre "T1190"
  when     request
       and (payload contains "[#post_render]" nocase in uri_first..header_last
         or payload contains "[%23post_render]" nocase in uri_first..header_last
         or payload contains "%5b%23post_render%5d" nocase in uri_first..header_last
         or payload contains "[#markup]" nocase in uri_first..header_last
         or payload contains "[%23markup]" nocase in uri_first..header_last)
  then     log, drop
}
test "Drupal" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /user/register?_wrapper_format=drupal_ajax HTTP/1.1\r\n\r\nmail[#post_render][]=exec"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /user/register?a=mail[%23post_render] HTTP/1.1\r\n\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /user/register?q=1 HTTP/1.1\r\n\r\nmail%5B%23post_render%5D=exec" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /?q=x HTTP/1.1\r\n\r\nname[#markup]=id" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST /?q=user/password&name[%23markup]=id HTTP/1.1\r\n\r\n" }
  expect drupalgeddon2 * 5, verdict drop
}
test "near miss: an honest form" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST /node/add HTTP/1.1\r\n\r\nbody[value]=post_render" }
  expect none
}

/// A key of a list of names becomes part of a question to the database.
signature drupalgeddon {
  id       1000940
  title    "Drupal: SQL in the name of a field"
  severity critical
  class    exploit
  ref      cve "CVE-2014-3704"
  ref      mitre "T1190"
  when     request
       and (payload contains "name[0%20;" nocase in uri_first..header_last
         or payload contains "name[0;" nocase in uri_first..header_last
         or payload contains "name%5b0%20%3b" nocase in uri_first..header_last
         or payload contains "name%5b0%3b" nocase in uri_first..header_last)
  then     log, drop
}
test "Drupal" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /?q=node&destination=node HTTP/1.1\r\n\r\nname[0%20;update+users+set+name%3d1;#%20%20]=x"
  }
  packet { ipv4  tcp { dst_port 80 }  payload "POST / HTTP/1.1\r\n\r\nname[0;insert]=x" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST / HTTP/1.1\r\n\r\nname%5B0%20%3Bupdate%5D=x" }
  packet { ipv4  tcp { dst_port 80 }  payload "POST / HTTP/1.1\r\n\r\nname%5B0%3Bupdate%5D=x" }
  expect drupalgeddon * 4, verdict drop
}
test "near miss: two names" {
  packet { ipv4  tcp { dst_port 80 }  payload "POST / HTTP/1.1\r\n\r\nname[0]=anna&name[1]=berta" }
  expect none
}

/// The name of the browser is stored in the session, and with it an object that runs a command.
signature joomla_session {
  id       1000941
  title    "Joomla: object in a session"
  severity critical
  class    exploit
  ref      cve "CVE-2015-8562"
  ref      mitre "T1190"
  when     request
       and (payload contains "JDatabaseDriverMysqli" in uri_first..header_last
         or payload contains "JSimplepieFactory" in uri_first..header_last)
  then     log, drop
}
test "Joomla" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET / HTTP/1.1\r\nUser-Agent: }__test|O:21:\"JDatabaseDriverMysqli\":3\r\n"
  }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET / HTTP/1.1\r\nX-Forwarded-For: }__t|O:17:\"JSimplepieFactory\":0\r\n"
  }
  expect joomla_session * 2, verdict drop
}
test "near miss: Joomla itself" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET / HTTP/1.1\r\nUser-Agent: Joomla/4.3\r\n" }
  expect none
}

/// A parameter that says `public` opens all of the web interface, the database's password too.
signature joomla_config {
  id       1000942
  title    "Joomla: settings for anybody"
  severity high
  class    exploit
  ref      cve "CVE-2023-23752"
  ref      mitre "T1190"
  when     asks_for("?public=true")
       and (asked("/api/index.php/v1/")
         or asked("/api/v1/"))
  then     log, drop
}
test "Joomla" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /api/index.php/v1/config/application?public=true HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /api/v1/users?public=true HTTP/1.1\r\n" }
  expect joomla_config * 2, verdict drop
}
test "near miss: who has to sign in, and another page" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /api/index.php/v1/config/application HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /find?public=true HTTP/1.1\r\n" }
  expect none
}

/// A path that names any function of PHP, and what to hand to it.
signature thinkphp_invoke {
  id       1000943
  title    "ThinkPHP: function by its name"
  severity critical
  class    exploit
  ref      cve "CVE-2018-20062"
  ref      cve "CVE-2019-9082"
  ref      mitre "T1190"
  when     request
       and (asked("think\\app/invokefunction")
         or asked("think%5capp/invokefunction")
         or asked("function=call_user_func_array"))
  then     log, drop
}
test "ThinkPHP" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /index.php?s=/index/\\think\\app/invokefunction HTTP/1.1\r\n" }
  packet { ipv4  tcp { dst_port 80 }  payload "GET /index.php?s=/index/%5Cthink%5Capp/invokefunction HTTP/1.1\r\n" }
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "GET /index.php?s=x&function=call_user_func_array&vars[0]=system HTTP/1.1\r\n"
  }
  expect thinkphp_invoke * 3, verdict drop
}
test "near miss: an honest path" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /index.php?s=/index/think/app HTTP/1.1\r\n" }
  expect none
}

/// A page for developers that offers to mend what is wrong, with what the sender says.
signature laravel_ignition {
  id       1000944
  title    "Laravel: solution that is run"
  severity critical
  class    exploit
  ref      cve "CVE-2021-3129"
  ref      mitre "T1190"
  when     asks_for("/_ignition/execute-solution")
  then     log, drop
}
test "Laravel" {
  packet {
    ipv4
    tcp { dst_port 80 }
    payload "POST /_ignition/execute-solution HTTP/1.1\r\n\r\n{\"solution\":\"Facade\"}"
  }
  expect laravel_ignition, verdict drop
}
test "near miss: whether it is well" {
  packet { ipv4  tcp { dst_port 80 }  payload "GET /_ignition/health-check HTTP/1.1\r\n" }
  expect none
}
