// SPDX-License-Identifier: GPL-3.0-or-later
// All keys as a panel on the screen, in pages where they do not fit at once.
#ifndef LOOSEN_KEY_PANEL_H
#define LOOSEN_KEY_PANEL_H

#include "canvas.h"

// How many pages the keys take in `area`; at least one.
int key_panel_pages(const struct area *area);

// Draw one of them, 1 to key_panel_pages.
void key_panel_draw(int page, const struct area *area, struct canvas *canvas);

#endif
