signature s {
	id	1
	when	tcp.dst_prt == 80 and	tcp.flags == SYNN
	then	log
}