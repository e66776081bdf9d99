// SPDX-License-Identifier: GPL-3.0-or-later
// The plain lines of a display, as they come out of its standard output.
#include "display.h"

#include "duration.h"
#include "speaker.h"
#include "utterances.h"
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { OUTPUT_MAX = 8192 };

// All that a display asks of a speaker.
const char *speaker_device_name(const struct speaker *speaker)
{
    (void)speaker;
    return "Card\x1b";
}

const char *speaker_device_api(const struct speaker *speaker)
{
    (void)speaker;
    return "ALSA";
}

int speaker_device_rate_hz(const struct speaker *speaker)
{
    (void)speaker;
    return 44100;
}

int speaker_device_channels(const struct speaker *speaker)
{
    (void)speaker;
    return 1;
}

struct fixture {
    struct display display;
    struct view_state state;
    struct timeline timeline;
    struct utterances utterances;
    char output[OUTPUT_MAX];
    int stdout_copy;
    int pipe[2];
};

// Between begin and end all that is written to the standard output is the display's.
static void begin(struct fixture *f)
{
    *f = (struct fixture){
        .state = {.title = TEXT("Wall"), .mode = VIEW_PLAYING, .total_frames = 600 * FRAME_RATE}};
    assert_int_equal(pipe(f->pipe), 0);
    f->stdout_copy = dup(STDOUT_FILENO);
    dup2(f->pipe[1], STDOUT_FILENO);
    close(f->pipe[1]);
    display_open(&f->display, true);
}

static void end(struct fixture *f)
{
    display_close(&f->display, &f->state);
    dup2(f->stdout_copy, STDOUT_FILENO);
    close(f->stdout_copy);
    size_t size = 0;
    ssize_t got;
    while (size < OUTPUT_MAX - 1 &&
           (got = read(f->pipe[0], f->output + size, OUTPUT_MAX - 1 - size)) > 0)
        size += (size_t)got;
    close(f->pipe[0]);
}

static void show(struct fixture *f, enum view_mode mode, int second)
{
    f->state.mode = mode;
    f->state.frame = (int64_t)second * FRAME_RATE;
    display_show(&f->display, &f->state, &f->timeline, &f->utterances);
}

static void test_device_and_end(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    display_begin(&f.display, NULL);
    f.state.frame = (int64_t)31 * FRAME_RATE;
    end(&f);
    assert_string_equal(f.output, "Playing on Card\\x1B, ALSA, 44100 Hz, mono\n"
                                  "space: pause   q: end gently   ?: all keys\n\n"
                                  "Wall: 0:31 of 10:00.\n");
}

static void test_a_change_is_told_once(void **state)
{
    (void)state;
    struct fixture f;
    struct buffer expected = BUFFER_INIT;
    begin(&f);
    show(&f, VIEW_PLAYING, 1);
    show(&f, VIEW_PAUSED, 5);
    show(&f, VIEW_PAUSED, 5);
    show(&f, VIEW_PLAYING, 6);
    show(&f, VIEW_PLAYING, 7);
    show(&f, VIEW_WAITING, 8);
    show(&f, VIEW_PLAYING, 9);
    end(&f);
    buffer_printf(&expected, "   0:05  %s\n   0:06  Going on.\n   0:08  %s\n",
                  view_mode_says(VIEW_PAUSED), view_mode_says(VIEW_WAITING));
    buffer_add_c(&expected, "   0:09  The device is back. Going on.\nWall: 0:09 of 10:00.\n");
    assert_string_equal(f.output, expected.data);
    buffer_free(&expected);
}

static void test_notes_are_lines_with_their_time(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    display_note(&f.display, (int64_t)65 * FRAME_RATE, "Voice off.\n");
    end(&f);
    assert_string_equal(f.output, "   1:05  Voice off.\\x0A\nWall: 0:00 of 10:00.\n");
}

static void test_help_has_every_key(void **state)
{
    (void)state;
    struct fixture f;
    size_t count;
    const struct key_row *rows = key_rows(&count);
    begin(&f);
    display_help(&f.display);
    end(&f);
    assert_true(count > 5);
    for (size_t i = 0; i < count; i++) {
        struct buffer line = BUFFER_INIT;
        buffer_printf(&line, "%s: %s\n", rows[i].keys, rows[i].does);
        assert_non_null(strstr(f.output, line.data));
        buffer_free(&line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_device_and_end),
        cmocka_unit_test(test_a_change_is_told_once),
        cmocka_unit_test(test_notes_are_lines_with_their_time),
        cmocka_unit_test(test_help_has_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
