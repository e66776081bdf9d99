// SPDX-License-Identifier: GPL-3.0-or-later
// Captions become lines again: what is cut over several cues is one sentence, and quiet between
// two of them stays.
#include "format.h"
#include "inline_marks.h"
#include "number.h"
#include "read_lines.h"
#include "scan.h"

enum { QUIET_LEAST_MS = 2000 }; // what is shorter is no pause

// "1:02:03,450" in ms, or -1.
static int64_t cue_ms(struct text time)
{
    int64_t whole = 0; // of the part that is read
    int64_t seconds = 0;
    int64_t ms = 0;
    int places = -1;
    for (size_t i = 0; i < time.size; i++) {
        char c = time.data[i];
        if (number_is_digit(c) && places >= 0) {
            ms = places < 3 ? ms * 10 + (c - '0') : ms;
            places++;
        } else if (number_is_digit(c)) {
            whole = whole < 1000000 ? whole * 10 + (c - '0') : whole;
        } else if (c == ':') {
            seconds = (seconds + whole) * 60;
            whole = 0;
        } else if ((c == ',' || c == '.') && places < 0) {
            places = 0;
        } else {
            return -1;
        }
    }
    for (; places >= 0 && places < 3; places++)
        ms *= 10;
    return (seconds + whole) * 1000 + ms;
}

struct cue_times {
    int64_t start_ms, end_ms;
};

static struct cue_times take_times(struct text line)
{
    size_t arrow = text_find_text(line, TEXT("-->"));
    struct text behind = scan_trim(text_skip(line, arrow + 3));
    return (struct cue_times){cue_ms(text_trim(text_head(line, arrow))),
                              cue_ms(text_head(behind, text_find(behind, ' ')))};
}

static void add_quiet(struct pieces *pieces, int64_t ms, int line)
{
    if (pieces->count == 0 || ms < QUIET_LEAST_MS)
        return;
    pieces->items[pieces->count - 1].whole = true;
    pieces_add(pieces, (struct piece){.type = PIECE_PAUSE, .line = line, .column = 1, .ms = ms});
}

void read_cues(struct pieces *pieces, struct text data, struct diagnostics *list)
{
    int64_t end_ms = -1;
    bool inside = false; // of a cue's words
    int number = 0;
    while (!pieces->failed && data.size > 0) {
        struct text line = scan_trim(scan_line(data));
        data = text_skip(data, text_find(data, '\n') + 1);
        number++;
        if (format_is_cue_time(line)) {
            struct cue_times times = take_times(line);
            if (end_ms >= 0 && times.start_ms > end_ms)
                add_quiet(pieces, times.start_ms - end_ms, number);
            end_ms = times.end_ms;
            inside = true;
        } else if (line.size == 0) {
            inside = false; // what follows is a number, a name or a note
        } else if (inside) {
            inline_marks_cut(pieces, line, number, 1, list);
        }
    }
}
