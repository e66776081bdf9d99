// SPDX-License-Identifier: GPL-3.0-or-later
// Names are those of the directives; each line of the file is told once.
#include "touch_check.h"

#include "body.h"

static bool is_name(struct text name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-')
            return false;
    }
    return name.size > 0;
}

static bool is_known(const struct touch_word *word)
{
    switch (word->kind) {
    case TOUCH_REGION:
        return text_equal_c(word->name, "back") || body_knows(word->name, BODY_REGION);
    case TOUCH_TOOL:
        return body_knows(word->name, BODY_TOOL);
    case TOUCH_SURFACE:
        return body_knows(word->name, BODY_SURFACE);
    case TOUCH_MOVE:
        return is_name(word->name);
    default:
        return true;
    }
}

static bool was_told(const struct diagnostics *list, struct place place)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].line == place.line && list->items[i].column == place.column)
            return true;
    return false;
}

void touch_check(const struct touch_words *words, struct diagnostics *list)
{
    for (size_t i = 0; i < TOUCH_CHAINS; i++)
        for (const struct touch_word *w = words->chains[i]; w; w = w->next) {
            if (is_known(w) || was_told(list, w->place))
                continue;
            diagnostics_add(list, SEVERITY_ERROR, "touch-name", w->place.line, w->place.column,
                            "no script knows \"%.*s\"", TEXT_ARG(w->name));
            diagnostics_hint(list, "docs/session-language.md, @contact, names regions, tools and "
                                   "surfaces; a movement's name is of a-z, 0-9 and -");
        }
}
