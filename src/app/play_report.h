// --report: the counters of a playing session, for whoever wants to know how it went.
#ifndef LOOSEN_PLAY_REPORT_H
#define LOOSEN_PLAY_REPORT_H

#include "device_watch.h"
#include "pipeline.h"
#include "transport.h"

struct play_report_sources {
    const struct pipeline *pipeline;
    const struct feed *feed; // stopped
    const struct transport *transport;
    const struct device_watch *watch;
};

// Write the report into settings->report, if there is one, and tell on stderr of gaps. STATUS_IO,
// STATUS_NO_MEMORY.
enum status play_report_write(const struct play_report_sources *sources, struct error *error);

#endif
