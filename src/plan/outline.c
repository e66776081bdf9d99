// SPDX-License-Identifier: GPL-3.0-or-later
// Sets the choices of an outline in all the boxes that they act on.
#include "outline.h"

#include "breath.h"

bool outline_stands(const struct unit *unit)
{
    for (const struct box *box = unit->boxes[0]->parent; box; box = box->parent)
        if (!box->on && box->node)
            return false;
    return true;
}

void outline_set(const struct outline *outline, struct unit *unit, int value)
{
    for (size_t i = 0; i < unit->box_count; i++) {
        struct box *box = unit->boxes[i];
        if (unit->type == UNIT_SHOW) {
            box_switch(box, value > 0);
        } else if (unit->type == UNIT_TOUCH) {
            int64_t frames = breath_touch(unit->node, outline->rate, value);
            box->breaths = value;
            box_resize(box, (struct span){frames, frames, frames});
        } else if (unit->type == UNIT_BREATHS) {
            int64_t bout = breath_bout(unit->node, outline->rate, value);
            box->breaths = value;
            box_resize(box, (struct span){bout, bout, bout});
        } else {
            int round = 0;
            for (struct box *child = box->first; child; child = child->next)
                box_switch(child, round++ < value);
        }
    }
    unit->value = value;
}
