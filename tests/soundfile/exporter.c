// SPDX-License-Identifier: GPL-3.0-or-later
// A small export as a program of its own: exporter PATH FORMAT FRAMES keep|force. Prints the error
// and exits with 1 when it fails.
#include "encoder.h"
#include "tags.h"
#include "tone.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct error error = {0};
    if (argc != 5)
        return 2;
    int64_t frames = atoll(argv[3]);
    const struct tags tags = {.title = {"Fault sweep", 11}};
    const struct encoder_config config = {.path = argv[1],
                                          .format = (enum encoder_format)atoi(argv[2]),
                                          .total_frames = frames,
                                          .force = strcmp(argv[4], "force") == 0,
                                          .seed = 7,
                                          .tags = &tags};
    enum status status = tone_export(&config, &error);
    if (status != STATUS_OK)
        puts(error.text);
    return status == STATUS_OK ? 0 : 1;
}
