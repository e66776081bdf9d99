// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures at fixed places, and frames of formats that have none.
#include "file_kind.h"

#include <string.h>

struct signature {
    size_t at; // byte
    struct text bytes;
    struct file_kind kind;
};

#define BYTES(literal)               \
    {                                \
        literal, sizeof(literal) - 1 \
    }

// The first that fits: "ftypqt" stands before "ftyp".
static const struct signature signatures[] = {
    {8, BYTES("WAVE"), {"a WAV recording", FILE_KIND_READ}}, // behind RIFF or RF64, see below
    {8, BYTES("AIFF"), {"an AIFF recording", FILE_KIND_READ}},
    {8, BYTES("AIFC"), {"an AIFF recording", FILE_KIND_READ}},
    {0, BYTES("fLaC"), {"a FLAC recording", FILE_KIND_READ}},
    {0, BYTES("OggS"), {"an Ogg recording", FILE_KIND_READ}},
    {0, BYTES("ID3"), {"an MP3 recording", FILE_KIND_READ}},
    {4, BYTES("ftypqt"), {"a QuickTime movie", FILE_KIND_SOUND}},
    {4, BYTES("ftyp3g"), {"a 3GPP recording (AMR or AAC)", FILE_KIND_SOUND}},
    {4, BYTES("ftyphei"), {"a HEIF picture", FILE_KIND_OTHER}},
    {4, BYTES("ftypmif"), {"a HEIF picture", FILE_KIND_OTHER}},
    {4, BYTES("ftypavif"), {"an AVIF picture", FILE_KIND_OTHER}},
    {4, BYTES("ftyp"), {"an MP4 recording (AAC or ALAC)", FILE_KIND_SOUND}},
    {4, BYTES("moov"), {"a QuickTime movie", FILE_KIND_SOUND}},
    {4, BYTES("mdat"), {"a QuickTime movie", FILE_KIND_SOUND}},
    {4, BYTES("wide"), {"a QuickTime movie", FILE_KIND_SOUND}},
    {0, BYTES("caff"), {"a CAF recording", FILE_KIND_SOUND}},
    {0, BYTES(".snd"), {"an AU recording", FILE_KIND_SOUND}},
    {0, BYTES("dns."), {"an AU recording", FILE_KIND_SOUND}},
    {0, BYTES("riff\x2E\x91\xCF\x11"), {"a W64 recording", FILE_KIND_SOUND}},
    {0, BYTES("BW64"), {"a BW64 recording", FILE_KIND_SOUND}},
    {8, BYTES("AVI "), {"an AVI movie", FILE_KIND_SOUND}},
    {8, BYTES("8SVX"), {"an 8SVX recording", FILE_KIND_SOUND}},
    {0, BYTES("\x30\x26\xB2\x75\x8E\x66\xCF\x11"), {"an ASF recording (WMA)", FILE_KIND_SOUND}},
    {0, BYTES("\x1A\x45\xDF\xA3"), {"a WebM or Matroska recording", FILE_KIND_SOUND}},
    {0, BYTES("wvpk"), {"a WavPack recording", FILE_KIND_SOUND}},
    {0, BYTES("#!AMR"), {"an AMR recording", FILE_KIND_SOUND}},
    {0, BYTES("MAC "), {"a Monkey's Audio recording", FILE_KIND_SOUND}},
    {0, BYTES("TTA1"), {"a TTA recording", FILE_KIND_SOUND}},
    {0, BYTES("MPCK"), {"a Musepack recording", FILE_KIND_SOUND}},
    {0, BYTES("MP+"), {"a Musepack recording", FILE_KIND_SOUND}},
    {0, BYTES("DSD "), {"a DSD recording", FILE_KIND_SOUND}},
    {0, BYTES("FRM8"), {"a DSD recording", FILE_KIND_SOUND}},
    {0, BYTES("FLV\x01"), {"a Flash movie", FILE_KIND_SOUND}},
    {0, BYTES("ADIF"), {"an AAC recording", FILE_KIND_SOUND}},
    {0, BYTES("NIST_1A"), {"a NIST recording", FILE_KIND_SOUND}},
    {0, BYTES("Creative Voice File\x1A"), {"a VOC recording", FILE_KIND_SOUND}},
    {0, BYTES("MThd"), {"a MIDI file, which has notes and no sound", FILE_KIND_OTHER}},
    {0, BYTES("\x89PNG\r\n"), {"a PNG picture", FILE_KIND_OTHER}},
    {0, BYTES("\xFF\xD8\xFF"), {"a JPEG picture", FILE_KIND_OTHER}},
    {0, BYTES("GIF8"), {"a GIF picture", FILE_KIND_OTHER}},
    {8, BYTES("WEBP"), {"a WebP picture", FILE_KIND_OTHER}},
    {0, BYTES("\x1F\x8B"), {"a file packed by gzip", FILE_KIND_OTHER}},
    {0, BYTES("BZh"), {"a file packed by bzip2", FILE_KIND_OTHER}},
    {0,
     BYTES("\xFD"
           "7zXZ"),
     {"a file packed by xz", FILE_KIND_OTHER}},
    {0, BYTES("\x28\xB5\x2F\xFD"), {"a file packed by zstd", FILE_KIND_OTHER}},
    {0, BYTES("7z\xBC\xAF"), {"a packed file (7z)", FILE_KIND_OTHER}},
    {0, BYTES("Rar!"), {"a packed file (RAR)", FILE_KIND_OTHER}},
    {0,
     BYTES("\x7F"
           "ELF"),
     {"a program", FILE_KIND_OTHER}},
    {0, BYTES("SQLite format 3"), {"a database", FILE_KIND_OTHER}},
};

// Frames of formats without a signature.
static const struct file_kind mp3 = {"an MP3 recording", FILE_KIND_READ};
static const struct file_kind mp2 = {"an MP2 recording (MPEG layer II)", FILE_KIND_SOUND};
static const struct file_kind aac = {"an AAC recording (ADTS)", FILE_KIND_SOUND};
static const struct file_kind gsm = {"a GSM recording", FILE_KIND_SOUND};

static uint8_t byte_at(struct text head, size_t at)
{
    return at < head.size ? (uint8_t)head.data[at] : 0;
}

static bool fits(struct text head, const struct signature *signature)
{
    // A word that may stand at byte 8 of a text means something behind these only.
    static const struct text containers[] = {BYTES("RIFF"), BYTES("RF64"), BYTES("FORM")};
    if (!text_starts_with(text_skip(head, signature->at), signature->bytes))
        return false;
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++)
        if (text_starts_with(head, containers[i]))
            return true;
    // And one at byte 4 only behind the size of an atom, which begins with a zero byte.
    return signature->at == 0 || (signature->at == 4 && byte_at(head, 0) == 0);
}

// ISO 11172-3, 2.4.1.3: eleven bits are set, then version, layer, and a rate that there is.
static const struct file_kind *find_mpeg(struct text head)
{
    const uint8_t second = byte_at(head, 1), third = byte_at(head, 2);
    if (byte_at(head, 0) != 0xFF || (second & 0xE0) != 0xE0)
        return NULL;
    if ((second & 0x06) == 0x02)
        return &mp3;
    if ((second & 0xF6) == 0xF0 && (third & 0x3C) <= 0x30) // ISO 13818-7, 6.2: layer 0, a rate
        return &aac;
    const bool real = (second & 0x18) != 0x08 && (third & 0xF0) != 0xF0 && (third & 0x0C) != 0x0C;
    return (second & 0x06) == 0x04 && real ? &mp2 : NULL;
}

// UTF-8 without a control character, which no file of another kind is for so many bytes: a text may
// begin with "ID3" or "MAC ", too. The head may end within a character.
static bool is_text(struct text head)
{
    enum { CHARACTER_MOST = 4 };
    size_t offset = 0;
    uint32_t c;
    while (text_next(head, &offset, &c))
        if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')
            return false;
    return head.size - offset < CHARACTER_MOST;
}

// GSM 06.10 as files have it: frames of 33 bytes that begin with the bits 1101. So do letters of
// Cyrillic and other scripts, but those are UTF-8.
static bool is_gsm(struct text head)
{
    enum { FRAME = 33, FRAMES = 3 };
    if (head.size < FRAME * FRAMES)
        return false;
    for (size_t at = 0; at < (size_t)FRAME * FRAMES; at += FRAME)
        if ((byte_at(head, at) & 0xF0) != 0xD0)
            return false;
    return true;
}

const struct file_kind *file_kind_find(struct text head)
{
    if (is_text(head))
        return NULL;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (fits(head, &signatures[i]))
            return &signatures[i].kind;
    const struct file_kind *mpeg = find_mpeg(head);
    return mpeg ? mpeg : is_gsm(head) ? &gsm : NULL;
}

void file_kind_conversion(struct buffer *out, const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "%+,./:=@_-";
    const char *name = path[strspn(path, plain)] || path[0] == '-' || !path[0] ? "FILE" : path;
    const char *slash = strrchr(name, '/');
    const char *stem = slash ? slash + 1 : name;
    const char *point = strrchr(stem, '.');
    buffer_printf(out, "ffmpeg -i %s %.*s.flac", name,
                  (int)(point && point > stem ? (size_t)(point - stem) : strlen(stem)), stem);
}

bool file_kind_report(struct text head, struct diagnostics *list)
{
    const struct file_kind *kind = file_kind_find(head);
    struct buffer conversion = BUFFER_INIT;
    if (!kind)
        return false;
    file_kind_conversion(&conversion, list->file);
    diagnostics_add(list, SEVERITY_ERROR, "foreign-format", 1, 1, "this is %s, %s", kind->name,
                    kind->use == FILE_KIND_SOUND ? "which is not read" : "not a text");
    if (kind->use == FILE_KIND_SOUND)
        diagnostics_hint(list,
                         "WAV, FLAC, Ogg, Opus, MP3 and AIFF can be scenes: %s makes one of it",
                         conversion.data ? conversion.data : "");
    else if (kind->use == FILE_KIND_READ)
        diagnostics_hint(list, "a recording can be the scene of a session: --scene FILE");
    else
        diagnostics_hint(list, "sessions and scenes are text files, in UTF-8");
    list->failed |= conversion.failed;
    buffer_free(&conversion);
    return true;
}
