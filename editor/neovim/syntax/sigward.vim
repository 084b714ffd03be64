" Colours for rule files, with or without the language server.
if exists('b:current_syntax')
  finish
endif

syntax case match
syntax iskeyword 48-57,65-90,97-122,_
syntax sync minlines=200

" Later items win over earlier ones, and every character belongs to some item, so that words never begin in the middle of others.
syntax match sigwardName /[A-Za-z_][0-9A-Za-z_]*/
syntax match sigwardConstant /\<[A-Z][0-9A-Z_]*\>/
syntax match sigwardFunction /\<\h[0-9A-Za-z_]*\ze\s*(/

" Words that mean the same wherever they stand.
syntax keyword sigwardOperator and or not in nocase at as has any lacks matches
syntax match sigwardOperator /\<contains\>/
syntax keyword sigwardBoolean true false none
syntax keyword sigwardStatement when then until else expect with
syntax keyword sigwardInclude import

" Words that are keywords where they stand like one.
syntax match sigwardKey /\<\%(id\|rev\)\ze\s\+\d/
syntax match sigwardKey /\<\%(title\|severity\|class\|ref\|tags\)\ze\s*"/
syntax match sigwardKey /^\s*\zs\%(severity\|class\|ref\|tags\)\ze\s\+\h/ nextgroup=sigwardValue skipwhite
syntax match sigwardValue /\h[0-9A-Za-z_]*/ contained
syntax match sigwardKey /\<meta\ze\s*{/
syntax match sigwardKey /\<let\ze\s\+\h\w*\s*=/
syntax match sigwardKey /\<count\ze\s*\%(by\>\|>\)/
syntax match sigwardKey /\<\%(by\|per\)\ze\s\+\w/
syntax match sigwardKey /\<\%(repeat\)\ze\s\+\d/
syntax match sigwardKey /\<role\ze\s\+\h/
syntax match sigwardKey /\<file\ze\s*"/
syntax match sigwardKey /\<\%(size\|extent\|skip\)\ze\s\+[0-9A-Za-z_(~]/
syntax match sigwardKey /\<next\ze\s\+\h\w*\s*(/
syntax match sigwardKey /\<either\ze\s\+\h\w*\s*=/
syntax match sigwardKey /\<last\ze\s*(/
syntax match sigwardKey /\<peek\ze\s\+\h\w*\s*:/
syntax match sigwardKey /\<stop\>/
syntax match sigwardKey /\<\%(packet\|pcap\|after\|under\)\ze\s*\%([{"0-9A-Za-z_(]\|$\)/
syntax match sigwardKey /\%(\<module\s[^{]*\)\@200<=\<on\ze\s/
syntax match sigwardKey /\%(^\|[{}]\|\s\)\@1<=\%(protect\|otherwise\|disable\|override\)\ze\s\+[0-9A-Za-z_({:]/
syntax match sigwardKey /\<verdict\ze\s\+\h/
syntax match sigwardStatement /\<case\ze\s\+[0-9A-Za-z_(~-]/
syntax match sigwardBuiltin /\<\%(payload\|packet\)\ze\s*\%(\.\|contains\>\|[=!]=\|not\>\|"\|hex"\)/
syntax match sigwardAction /\%(\<then\s\+\|,\s*\)\@60<=\%(log\|drop\|reject\|pass\|limit\|mark\|delay\|forward\)\>\ze\%(\s*,\|\s*$\|\s*}\|\s\+[0-9A-Za-z_(]\)/
syntax match sigwardAction /\%(\<verdict\s\+\)\@40<=\%(drop\|reject\|pass\|accept\)\>/

" Any word may stand behind a dot.
syntax match sigwardMember /\.\@<!\.\.\@!\s*\h[0-9A-Za-z_]*\>["0-9A-Za-z_:]\@!/
syntax match sigwardRange /\.\./

" Declarations.
syntax match sigwardDeclaration /\<\%(signature\|header\|view\|space\|predicate\|module\|policy\)\ze\s\+\h/ nextgroup=sigwardDeclared skipwhite
syntax match sigwardDeclaration /\<\%(const\|param\)\ze\s\+\h/ nextgroup=sigwardDeclaredConstant skipwhite
syntax match sigwardDeclaration /\<test\ze\s*"/
syntax match sigwardDeclared /\h[0-9A-Za-z_]*/ contained
syntax match sigwardDeclaredConstant /\h[0-9A-Za-z_]*/ contained
syntax match sigwardField /\<\h[0-9A-Za-z_]*\ze\s*:\s*\h[0-9A-Za-z_]*\>["0-9A-Za-z_:]\@!/ nextgroup=sigwardColon skipwhite
syntax match sigwardColon /:/ contained nextgroup=sigwardType skipwhite
syntax match sigwardType /\<\%(u\d\+\|addr4\|addr6\|mac\)\>/ contained

" Numbers and addresses.
syntax match sigwardNumber /\<\d[0-9A-Za-z_]*/
syntax match sigwardDuration /\<\d\+\%(ns\|us\|ms\|[smhd]\)\>/
syntax match sigwardAddress /\<\d\+\.\d\+\.\d\+\.\d\+\%(\/[0-9A-Za-z_.]\+\)\?/
syntax match sigwardAddress /\v%(<\x{1,4}:|:)%(:|\x{1,4}:)%(%([0-9A-Fa-f:]*:)?%(\d+\.){3}\d+|[0-9A-Fa-f:]*)%(\/[0-9A-Za-z_]+)?/
syntax match sigwardAddress /\v<\x{2}%(:\x{2}){5}[0-9A-Za-z_:]@!/

" Strings end with their line.
syntax match sigwardWrongEscape /\\./ contained
syntax match sigwardEscape /\\\%(x\x\x\|[rnt0"\\]\)/ contained
syntax region sigwardString start=/"/ skip=/\\./ end=/"\|$/ oneline contains=sigwardEscape,sigwardWrongEscape
syntax match sigwardWrongDigit /[^0-9A-Fa-f" \t]/ contained
syntax region sigwardString matchgroup=sigwardString start=/\<hex"/ end=/"\|$/ oneline contains=sigwardWrongDigit
syntax match sigwardWrong /'[^']*'\?/

" Comments.
syntax keyword sigwardTodo TODO FIXME XXX contained
syntax match sigwardComment +//.*$+ contains=sigwardTodo,@Spell
syntax match sigwardDoc +///\@!.*$\|//!.*$+ contains=sigwardTodo,@Spell
syntax match sigwardDoc +///\/\@!.*$+ contains=sigwardTodo,@Spell
syntax match sigwardWrong /#.*$/
syntax match sigwardWrong /;/

highlight default link sigwardOperator Operator
highlight default link sigwardBoolean Boolean
highlight default link sigwardStatement Statement
highlight default link sigwardInclude Include
highlight default link sigwardKey Keyword
highlight default link sigwardBuiltin Special
highlight default link sigwardAction Function
highlight default link sigwardFunction Function
highlight default link sigwardConstant Constant
highlight default link sigwardDeclaration Structure
highlight default link sigwardDeclared Identifier
highlight default link sigwardDeclaredConstant Constant
highlight default link sigwardValue Constant
highlight default link sigwardField Identifier
highlight default link sigwardType Type
highlight default link sigwardNumber Number
highlight default link sigwardDuration Number
highlight default link sigwardAddress Number
highlight default link sigwardString String
highlight default link sigwardEscape SpecialChar
highlight default link sigwardWrongEscape Error
highlight default link sigwardWrongDigit Error
highlight default link sigwardWrong Error
highlight default link sigwardTodo Todo
highlight default link sigwardComment Comment
highlight default link sigwardDoc SpecialComment

let b:current_syntax = 'sigward'
