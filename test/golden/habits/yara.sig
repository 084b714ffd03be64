rule silent_banker : banker
{
    meta:
        description = "This is just an example"
    strings:
        $a = {6A 40 68 00 30 00 00 6A 14 8D 91}
    condition:
        $a
}
