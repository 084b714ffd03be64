" What ends in .sig and is something else, by the same traits that `sigward check` goes by; such files keep the type that the editor
" gave them.

let s:beginnings = [
      \ '\v^\(\*',
      \ '\v^sig\s+\w+\s*\.',
      \ '\v^-----BEGIN [A-Z0-9 ]+-----',
      \ '\v^untrusted comment:',
      \ '\v^[A-Za-z0-9+/]{64,}\={0,2}\s*$',
      \ ]

let s:sml = '\v^\s*%(signature|structure|funsig)\s+\a[0-9A-Za-z_'']*\_s*%(:\>?\_s*[0-9A-Za-z_.'']+\_s*)?\=\_s*%(sig>|struct>|\(\*|\u\w*\_s+where>)'
let s:zeek = '\v^\@load-sigs>|^\s*signature\s+[0-9A-Za-z_-]+\_s*\{%(\_s|#.*\n)*%(%(ip-proto|src-ip|dst-ip|src-port|dst-port|payload-size|same-ip|tcp-state|udp-state)>|%(http-|file-|requires-)\w|header\s+\w+\s*\[|%(payload|ftp|finger)\s*\/|eval\s|%(event|enable)\s*")'
let s:suricata = '\v^\s*%(alert|drop|reject|pass|log|sdrop|rejectsrc|rejectdst|rejectboth)\s+\w+\s+\S.*%(-\>|\<\>|\<-).*\('
let s:yara = '\v^\s*%(%(private|global)\s+)*rule\s+\w+\s*%(:[0-9A-Za-z_ \t]*)?\n?\s*\{\_s*%(meta|strings|condition)\_s*:'
let s:nftables = '\v^#!.*<nft>|^\s*%(add\s+)?table\s+%(%(inet|ip6?|arp|bridge|netdev)\s+)?\w+\s*\{|^%(nft\s+)?%(add|insert)\s+%(rule|table|chain)\s'
let s:iptables = '\v^\*%(filter|nat|mangle|raw|security)\s*$|^%(ip6?tables\s%(.*\s)?)?-[AIP]\s+%(INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)>'

function! sigward#IsForeign() abort
  let line = nextnonblank(1)
  let first = substitute(getline(line), '^\s*', '', '')
  if first =~# '^%'
    " Comments of λProlog, before `sig name.`
    let line = search('\v^\s*[^% \t]', 'nw')
    let first = substitute(getline(line), '^\s*', '', '')
  endif
  for pattern in s:beginnings
    if first =~# pattern
      return 1
    endif
  endfor
  let view = winsaveview()
  call cursor(1, 1)
  try
    for pattern in [s:sml, s:zeek, s:suricata, s:yara, s:nftables, s:iptables]
      if search(pattern . '\C', 'cnW', 0, 500) > 0
        return 1
      endif
    endfor
    " NUL: a detached signature of OpenPGP, or a compiled ruleset.
    return search('\%x00', 'cnW', 0, 500) > 0
  finally
    call winrestview(view)
  endtry
endfunction
