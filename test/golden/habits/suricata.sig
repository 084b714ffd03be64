# local.rules
alert tcp $EXTERNAL_NET any -> $HOME_NET 80 (msg:"cmd.exe"; content:"cmd.exe"; nocase; sid:1000001; rev:1;)
drop tcp any any -> any 22 (msg:"x"; sid:2;)
