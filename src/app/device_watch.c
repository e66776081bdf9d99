#include "device_watch.h"

#include "worker.h"

static const int distances_ms[] = {1000, 2000, 5000, 10000};

enum { DISTANCES = sizeof distances_ms / sizeof *distances_ms };

static void plan_retry(struct device_watch *watch)
{
    int last = DISTANCES - 1;
    watch->retry_ms =
        worker_clock_ms() + distances_ms[watch->attempts < last ? watch->attempts : last];
    watch->attempts++;
}

// Frames that were ever given to a device, silence included: this grows also while paused.
static int64_t played_frames(struct speaker *speaker)
{
    return atomic_load(&speaker_memory(speaker)->counters.played_frames);
}

static enum status retry(struct device_watch *watch, struct feed *feed, struct error *error)
{
    feed_hold(feed);
    enum status status = speaker_respawn(feed->speaker, error);
    if (status == STATUS_OK)
        feed_resume(feed);
    feed_release(feed);
    watch->retry_ms = 0;
    watch->played_frames = played_frames(feed->speaker);
    return status;
}

enum status device_watch_look(struct device_watch *watch, struct feed *feed, struct error *error)
{
    if (watch->retry_ms)
        return worker_clock_ms() < watch->retry_ms ? STATUS_OK : retry(watch, feed, error);
    if (!speaker_alive(feed->speaker)) {
        plan_retry(watch);
    } else if (watch->attempts > 0 && played_frames(feed->speaker) > watch->played_frames) {
        watch->attempts = 0;
    }
    return STATUS_OK;
}

bool device_watch_is_waiting(const struct device_watch *watch)
{
    return watch->attempts > 0;
}
