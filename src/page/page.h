// SPDX-License-Identifier: GPL-3.0-or-later
// A session as one HTML file that needs nothing else: its sound, what is said and when, its
// chapters, and a circle that moves with the breath. It opens from a disk, without a network.
//
// The page is made of page.html, page.css and page.js, which the build embeds; "{{...}}" in
// page.html is what the table in page.c fills in.
#ifndef LOOSEN_PAGE_H
#define LOOSEN_PAGE_H

#include "error.h"
#include "page_source.h"

// Append the page. The same source gives the same bytes; all text of the session is escaped.
// STATUS_NO_MEMORY or STATUS_OK.
enum status page_print(const struct page_source *source, struct buffer *out, struct error *error);

#endif
