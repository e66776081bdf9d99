# SPDX-License-Identifier: GPL-3.0-or-later
# usage: cmake -DOUT=FILE.c -DFILES="a;b" -P embed.cmake
# Writes the files as C arrays of text: "page.html" becomes page_html, page_html_size and
# page_html_sha256.
set(code "// Made by embed.cmake.\n#include \"page_files.h\"\n")
foreach(path IN LISTS FILES)
    get_filename_component(name ${path} NAME)
    string(MAKE_C_IDENTIFIER ${name} name)
    file(READ ${path} bytes HEX)
    file(SHA256 ${path} digest)
    string(LENGTH "${bytes}" size)
    math(EXPR size "${size} / 2")
    foreach(hex IN ITEMS bytes digest)
        string(REGEX REPLACE "(..)" "0x\\1," ${hex} "${${hex}}")
        string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" ${hex} "${${hex}}")
    endforeach()
    string(APPEND code "const unsigned char ${name}[] = {\n${bytes}\n};\n"
                       "const size_t ${name}_size = ${size};\n"
                       "const unsigned char ${name}_sha256[PAGE_DIGEST_BYTES] = {\n${digest}\n};\n")
endforeach()
file(WRITE ${OUT} "${code}")
