// SPDX-License-Identifier: GPL-3.0-or-later
// The table of rules, and the one place that reports against it.
#include "rule.h"

#include "session_limits.h"

static const struct rule_row rows[RULE_COUNT] = {
    [RULE_SPINE] = {"spine", SEVERITY_ERROR,
                    "nothing presses on the spine, which is bone and nerve",
                    "work on the soft muscle two fingers beside it, as low-back or upper-back",
                    "say where the soft muscle is: two fingers to the left or right of the spine"},
    [RULE_BELLY] = {"belly", SEVERITY_ERROR,
                    "no pressure on the belly: vessels and organs lie close under the skin",
                    "stretch the front of the hip instead, with @move",
                    "let a hand rest there, or say a place on muscle, such as the buttock"},
    [RULE_GROIN] =
        {"groin", SEVERITY_ERROR, "no pressure in the groin: a large artery and nerve pass there",
         "stretch the front of the hip instead, with @move",
         "say a place on muscle, such as the side of the hip, or stretch the front of it"},
    [RULE_THROAT] = {"throat", SEVERITY_ERROR,
                     "no pressure on the throat: arteries and airway lie close under the skin",
                     "stay with the shoulders, or the back edge of the neck with fingers",
                     "say the shoulders, or the back edge of the neck, lightly"},
    [RULE_KIDNEYS] = {"kidneys", SEVERITY_ERROR,
                      "no pressure over the low ribs, which cover the kidneys and are easily hurt",
                      "go lower, nearer to the hip than to the ribs, as low-back",
                      "say lower, nearer to the hip than to the ribs"},
    [RULE_BONE] = {"bone", SEVERITY_ERROR,
                   "a hard tool on bone bruises: only a flat hand rests there",
                   "use hands, or move to soft muscle such as the glutes",
                   "say the soft muscle next to it"},
    [RULE_NECK] = {"neck", SEVERITY_ERROR, "the neck takes no weight and no hard tool",
                   "use fingers or hands, lightly", "say fingers or hands, lightly"},
    [RULE_LOW_BACK_FLOOR] = {"low-back-floor", SEVERITY_ERROR,
                             "lying on it puts the body's weight on a back without ribs and bends "
                             "it into an arch",
                             "do it at a wall, where the legs decide how much weight is on it",
                             "say a ball between the back and a wall, beside the spine"},
    [RULE_LOW_BACK_ROLLER] = {"low-back-roller", SEVERITY_ERROR,
                              "a roller reaches across the spine and bends the low back into an "
                              "arch",
                              "use a ball on the wall, or keep the roller for upper-back and legs",
                              "say a ball at a wall, or the roller under the upper back"},
    [RULE_SURFACE] = {"contact-surface", SEVERITY_ERROR,
                      "whether a ball, roller or towel is safe depends on what it lies on",
                      "say so: with ball on wall, or on floor, mat, chair, bed", NULL},
    [RULE_PRESSURE] = {"pressure", SEVERITY_ERROR,
                       "never above " LIMIT_TEXT(
                           LIMIT_PRESSURE) " of 10, because a muscle that is pressed harder braces",
                       "work at 4..5: firm, with a soft face and an easy breath",
                       "say firm and easy, four or five of ten, with room to breathe"},
    [RULE_SPOT] = {"contact-spot", SEVERITY_ERROR,
                   "at most " LIMIT_TEXT(
                       LIMIT_SPOT_SECONDS) "s on one spot, because longer pressure bruises",
                   "write 30s..60s", "say thirty seconds to a minute, then another place"},
    [RULE_BUDGET] =
        {"contact-budget", SEVERITY_ERROR,
         "together more than " LIMIT_TEXT(
             LIMIT_SIDE_MINUTES) " min of pressure a side at the longest; longer sessions "
                                 "grow by breath and rest, never by pressure",
         "shorten the contacts, or repeat them less often", NULL},
    [RULE_ROUNDS] =
        {"contact-rounds", SEVERITY_WARNING,
         "more than " LIMIT_TEXT(
             LIMIT_ROUNDS) " rounds on the same region; these, with a break between, are enough",
         "leave it out, or choose another region", NULL},
    [RULE_ONE_SIDED] = {"one-sided", SEVERITY_ERROR, "both sides get the same, for the same time",
                        "put it inside @sides left, right and leave the side out of it", NULL},
    [RULE_NOTICE_TOUCH] = {"notice-touch", SEVERITY_ERROR,
                           "nobody is touched before the notice that says who should not be",
                           "write @notice pressure before it", NULL},
    [RULE_NOTICE_MOVE] = {"notice-move", SEVERITY_ERROR,
                          "nobody moves before the notice that says when to stop",
                          "write @notice movement (or short, or pressure) before it", NULL},
    [RULE_NOTICE_BREATH] = {"notice-breath", SEVERITY_ERROR,
                            "paced breathing can make dizzy, and nobody has said so",
                            "write @notice breath before it, or another notice and a line that "
                            "is always spoken, tagged #E11 (lightly, own pace allowed)",
                            NULL},
    [RULE_NOTICE_HEADER] = {"notice-header", SEVERITY_ERROR,
                            "what the header promises and what is spoken must agree",
                            "write @notice with that kind, or name in the header what is spoken",
                            NULL},
    [RULE_STOP_CUE] = {"stop-cue", SEVERITY_ERROR,
                       "no line that is always spoken says when to stop",
                       "say sharp, electric, numb or dizzy means stop, and tag the line #E8", NULL},
    [RULE_RELEASE] = {"breath-release", SEVERITY_ERROR,
                      "whoever is led into a rhythm must be let out of it",
                      "follow it with a line such as \"Now let the breath look after itself.\" "
                      "#E14, kept whenever the bout is kept",
                      NULL},
    [RULE_DUSK] = {"breath-dusk", SEVERITY_WARNING,
                   "a very slow wave without a tide before it leaves some short of air",
                   "lead into it with @breathe tide", NULL},
    [RULE_EYES] = {"eyes-standing", SEVERITY_ERROR, "who stands with closed eyes can fall",
                   "say eyes open, or gaze resting", NULL},
    [RULE_RISE] = {"staged-rise", SEVERITY_ERROR,
                   "rising at once after lying makes dizzy, and no line that is always spoken "
                   "says how to get up",
                   "say roll to a side, sit, wait, stand, and tag the line #E16", NULL},
    [RULE_LATE] = {"late-technique", SEVERITY_ERROR,
                   "nothing new is begun in the last section, where listeners return",
                   "end with a section that only closes", NULL},
    [RULE_SLEEP_TOLD] = {"sleep-told", SEVERITY_ERROR,
                         "who waits for the voice to come back does not sleep, and no line that is "
                         "always spoken says that it will fall silent",
                         "say early that the voice falls silent and nobody has to follow, and tag "
                         "the line #E23",
                         NULL},
    [RULE_SLEEP_QUIET] = {"sleep-quiet", SEVERITY_ERROR,
                          "the last section of a session that ends in sleep is only quiet, because "
                          "whatever comes then wakes",
                          "put it into a section before, and only @rest, without a mark, into the "
                          "last",
                          NULL},
    [RULE_KNEE] = {"knee-hollow", SEVERITY_ERROR,
                   "nothing presses behind the knee, where vessels and nerves lie open",
                   "say the muscle of the calf or of the thigh, a hand's width away", NULL},
    [RULE_BREATH_HELD] = {"breath-hold", SEVERITY_ERROR,
                          "a held breath raises the pressure in head and chest, and braces",
                          "let the breath come and go: in, and a longer way out", NULL},
    [RULE_BREATH_FORCED] = {"breath-forced", SEVERITY_ERROR,
                            "fast or forced breathing makes dizzy, and faint",
                            "say light, slow breaths, at one's own pace", NULL},
    [RULE_PAIN] = {"pain", SEVERITY_ERROR,
                   "pain is the sign to stop, and what is pressed through it braces",
                   "say ease off before it hurts, and stop at sharp pain", NULL},
    [RULE_FORCE] = {"forced-stretch", SEVERITY_ERROR,
                    "a muscle that is bounced or forced tightens, and may tear",
                    "say slowly, as far as is easy, and stay there", NULL},
    [RULE_SUDDEN] = {"sudden-rise", SEVERITY_ERROR, "rising at once makes dizzy",
                     "say roll to a side, sit, wait a moment, then stand", NULL},
    [RULE_DRIVING] = {"driving", SEVERITY_ERROR,
                      "whoever drives needs all attention, and none of this",
                      "say that this is for afterwards, when the car is parked", NULL},
    [RULE_CURE] = {"claim", SEVERITY_ERROR,
                   "promises what only a treatment may, and keeps people from a doctor",
                   "say relax, loosen, settle, comfort", NULL},
    [RULE_NOTICE_ADDED] = {"notice-added", SEVERITY_WARNING,
                           "some people should not do that, and must know before; the notice is "
                           "spoken first",
                           "write @notice with that kind where it fits best", NULL},
};

const struct rule_row *rule_row(enum rule rule)
{
    return &rows[rule];
}

void rule_report(struct diagnostics *list, enum rule rule, struct place place, const char *found)
{
    const struct rule_row *row = &rows[rule];
    diagnostics_add(list, row->severity, row->id, place.line, place.column, "%s: %s", found,
                    row->why);
    diagnostics_hint(list, "%s", row->hint);
}

void rule_report_said(struct diagnostics *list, enum rule rule, bool certain, struct place place,
                      const char *found)
{
    const struct rule_row *row = &rows[rule];
    diagnostics_add(list, certain ? row->severity : SEVERITY_WARNING, row->id, place.line,
                    place.column, "%s: %s%s", found, certain ? "" : "perhaps: ", row->why);
    diagnostics_hint(list, "%s", row->say ? row->say : row->hint);
}
