/** What generated literals are put together from: the vocabulary of attacks, in words of our own choice. */

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Folders and files of web applications. */
export const PATHS = list(`
  admin login upload config setup install backup cgi-bin wp-content plugins themes includes modules components api v1 rest
  download image gallery forum board user account profile search cart shop report export import server status debug test
  tmp data cache lib vendor phpunit manager console portal webmail mail calendar wiki blog news ticket helpdesk device
  system firmware network diag ping apply reboot remote control stream media player video jmx invoker actuator solr
  struts axis soap rpc ajax editor connector filemanager template language skin
`);

/** Ends of file names. */
export const SUFFIXES = list(
  '.php .asp .aspx .jsp .cgi .pl .do .action .exe .dll .zip .bin .jar .gif .js .xml .json .ini .bak .php5 .hta',
);

/** Names of parameters. */
export const PARAMETERS = list(`
  id cmd exec file path page dir url user pass username password token session lang cat action mode type name host ip
  addr query order sort limit offset template include redirect callback debug key uid gid ver build os arch hash data
  payload content title email next ref option task view format filename command ntp_server ttcp_ip domain
`);

/** Names of header lines. */
export const HEADERS = list(`
  User-Agent Host Cookie Referer Accept Accept-Language Content-Type Content-Disposition X-Forwarded-For Authorization
  X-Requested-With Content-Length Server Location Set-Cookie X-Api-Key If-Modified-Since Transfer-Encoding Via Range
`);

/** Syllables of the names of products and malware. */
export const SYLLABLES = list(`
  zor vex net bot dar kom ra lok my sql cry pto mi ner phan tom web shel ger spy eye ax qua kor jin fro st wi nk tro jan
  bla ck ho le neu tri no an dro me da gho st ice id emo tet hy dra ka li nu ke or ca vi per zeu sto rm pu ma le mon
  du ck fox ra bbit py xis ul tra vio let me ga byte cor ex sy nap tic gri dex
`);

/** SQL, of which injections are made. */
export const SQL = list(`
  SELECT UNION INSERT UPDATE DELETE FROM WHERE CONCAT CHAR CAST CONVERT EXEC DECLARE SLEEP BENCHMARK WAITFOR DELAY ORDER
  GROUP HAVING INFORMATION_SCHEMA TABLE_NAME COLUMN_NAME VERSION DATABASE LOAD_FILE OUTFILE HEX UNHEX SUBSTRING ASCII
  xp_cmdshell sysobjects syscolumns pg_sleep dbms_pipe utl_http extractvalue updatexml
`);

/** What commands are made of. */
export const SHELL = list(`
  wget curl chmod bash sh cat nc tftp ftpget busybox echo rm perl python powershell cmd.exe certutil bitsadmin rundll32
  regsvr32 mshta wscript net whoami uname id ping nslookup sleep kill iptables crontab base64 xterm telnet
`);

/** What commands are given. */
export const OPERANDS = list(`
  /etc/passwd /etc/shadow /tmp/ /bin/sh /dev/tcp/ /var/run/ -O- -nop -w777 +x -rf -enc -urlcache user /add http:// ftp:// |sh
  ;id $(id) \${IFS} &&cd %0a ../../ ..%2f ..%5c %00 %c0%af
`);

/** Commands of protocols that are text. */
export const COMMANDS = list(`
  NICK JOIN PRIVMSG USER PASS MKD SITE RETR STOR RNFR XCRC EHLO RCPT MAIL AUTH VRFY EXPN STARTTLS OPTIONS INVITE REGISTER
  SUBSCRIBE NOTIFY M-SEARCH DESCRIBE SETUP PROPFIND TRACE CONNECT LIST EXAMINE APPEND UIDL
`);

/** Bytes of machine code and of protocols that are not text, in hexadecimal. */
export const BINARY = list(`
  90909090 31c05068 cd80 ffe4 e8ffffff 0f05 c3 ff534d42 fe534d42 0000005c 0100000000 00010001 c00c0001 81ff 1603010200 16030300
  0e000002 504b0304 4d5a9000 7f454c46 d0cf11e0 25504446 3026b2758e66cf11 cafebabe ffd8ffe0 47494638 0500000310000000 04000280
  050000000000 00000000000000 000000ff 02000000 0000000100000000 2a864886f70d 30820122 02010130 a100 6063 300d06 42000000
`);
