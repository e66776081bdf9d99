#include "display.h"

#include <stdio.h>

static void print(struct buffer *lines)
{
    if (lines->size && !lines->failed && fwrite(lines->data, 1, lines->size, stdout) == lines->size)
        fflush(stdout);
    buffer_free(lines);
}

void display_begin(const char *device)
{
    struct buffer lines = BUFFER_INIT;
    buffer_add_c(&lines, "Playing on ");
    buffer_add_visible(&lines, text_from(device));
    buffer_add_c(&lines, "\nspace: pause   q: end gently   Ctrl-C: stop\n\n");
    print(&lines);
}

void display_follow(struct display *display, const struct timeline *timeline,
                    const struct utterances *utterances, int64_t heard_frame)
{
    struct buffer lines = BUFFER_INIT;
    narration_tell(&display->narration, timeline, utterances, heard_frame, &lines);
    print(&lines);
}

void display_say(int64_t heard_frame, const char *what)
{
    struct buffer lines = BUFFER_INIT;
    struct buffer clock = BUFFER_INIT;
    duration_print_clock(&clock, heard_frame);
    buffer_printf(&lines, "%7s  %s\n", clock.failed ? "" : clock.data, what);
    buffer_free(&clock);
    print(&lines);
}
