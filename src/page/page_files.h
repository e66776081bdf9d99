// SPDX-License-Identifier: GPL-3.0-or-later
// The template, style and script of the page as the build embeds them (see embed.cmake).
#ifndef LOOSEN_PAGE_FILES_H
#define LOOSEN_PAGE_FILES_H

#include <stddef.h>

enum { PAGE_DIGEST_BYTES = 32 };

extern const unsigned char page_html[], page_css[], page_js[];
extern const size_t page_html_size, page_css_size, page_js_size;
extern const unsigned char page_html_sha256[PAGE_DIGEST_BYTES];
extern const unsigned char page_css_sha256[PAGE_DIGEST_BYTES];
extern const unsigned char page_js_sha256[PAGE_DIGEST_BYTES];

#endif
