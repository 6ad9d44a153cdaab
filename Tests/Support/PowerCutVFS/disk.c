#include "disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// A test that has no memory left has no result either.
static void *demand(void *memory)
{
    if (memory == NULL) abort();
    return memory;
}

bool disk_step(PowerCut *power)
{
    if (power->isOff) return false;
    power->changes += 1;
    if (power->changes == power->cutAt) power->isOff = true;
    return !power->isOff;
}

DiskFile *disk_find(PowerCut *power, const char *path)
{
    for (DiskFile *file = power->files; file != NULL; file = file->next) {
        if (!file->isRemoved && strcmp(file->path, path) == 0) return file;
    }
    return NULL;
}

static void content_read(Content *content, const char *path)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) return;
    char part[4096];
    size_t count;
    while ((count = fread(part, 1, sizeof part, stream)) > 0) {
        content->bytes = demand(realloc(content->bytes, content->size + count));
        memcpy(content->bytes + content->size, part, count);
        content->size += count;
    }
    fclose(stream);
}

DiskFile *disk_add(PowerCut *power, const char *path, bool exists)
{
    DiskFile *file = demand(calloc(1, sizeof *file));
    file->path = demand(strdup(path));
    file->lastChange = &file->firstChange;
    file->isNameFlushed = exists;
    if (exists) content_read(&file->flushed, path);
    *power->lastFile = file;
    power->lastFile = &file->next;
    return file;
}

// MARK: - Contents

static void content_resize(Content *content, size_t size)
{
    if (size > content->size) {
        content->bytes = demand(realloc(content->bytes, size));
        memset(content->bytes + content->size, 0, size - content->size);
    }
    content->size = size;
}

static void content_write(Content *content, int64_t offset, const unsigned char *bytes, size_t size)
{
    size_t end = (size_t)offset + size;
    if (end > content->size) content_resize(content, end);
    memcpy(content->bytes + offset, bytes, size);
}

static void content_apply(Content *content, const Change *change)
{
    if (change->bytes == NULL) {
        content_resize(content, (size_t)change->offset);
    } else {
        content_write(content, change->offset, change->bytes, change->size);
    }
}

// MARK: - Changes

static void add_change(DiskFile *file, int64_t offset, unsigned char *bytes, size_t size)
{
    Change *change = demand(calloc(1, sizeof *change));
    *change = (Change){NULL, offset, size, bytes};
    *file->lastChange = change;
    file->lastChange = &change->next;
}

void disk_write(DiskFile *file, int64_t offset, const void *bytes, size_t size)
{
    unsigned char *copy = demand(malloc(size > 0 ? size : 1));
    memcpy(copy, bytes, size);
    add_change(file, offset, copy, size);
}

void disk_truncate(DiskFile *file, int64_t size)
{
    add_change(file, size, NULL, 0);
}

static void forget_changes(DiskFile *file)
{
    while (file->firstChange != NULL) {
        Change *change = file->firstChange;
        file->firstChange = change->next;
        free(change->bytes);
        free(change);
    }
    file->lastChange = &file->firstChange;
}

void disk_flush(DiskFile *file)
{
    for (Change *change = file->firstChange; change != NULL; change = change->next) {
        content_apply(&file->flushed, change);
    }
    forget_changes(file);
}

void disk_flush_folder(PowerCut *power)
{
    for (DiskFile *file = power->files; file != NULL; file = file->next) {
        file->isNameFlushed = !file->isRemoved;
    }
}

void disk_free(PowerCut *power)
{
    while (power->files != NULL) {
        DiskFile *file = power->files;
        power->files = file->next;
        forget_changes(file);
        free(file->flushed.bytes);
        free(file->path);
        free(file);
    }
}

// MARK: - After the cut

typedef struct Fate {
    PowerCutLoss loss;
    uint64_t state;
} Fate;

/// Sebastiano Vigna's SplitMix64.
static uint64_t fate_next(Fate *fate)
{
    uint64_t value = fate->state += 0x9E3779B97F4A7C15u;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

static bool fate_keeps(Fate *fate)
{
    return fate->loss != PowerCutLosesAll && (fate_next(fate) & 1) == 1;
}

static void content_tear(Content *content, const Change *change, Fate *fate)
{
    const size_t sector = 512;
    size_t start = 0;
    while (start < change->size) {
        size_t rest = sector - ((size_t)change->offset + start) % sector;
        size_t size = rest < change->size - start ? rest : change->size - start;
        if (fate_keeps(fate)) {
            content_write(content, change->offset + (int64_t)start, change->bytes + start, size);
        }
        start += size;
    }
}

static size_t count_changes(const DiskFile *file)
{
    size_t count = 0;
    for (Change *change = file->firstChange; change != NULL; change = change->next) count += 1;
    return count;
}

static Content surviving_content(const DiskFile *file, Fate *fate)
{
    Content content = {NULL, 0};
    if (file->flushed.size > 0) content_write(&content, 0, file->flushed.bytes, file->flushed.size);
    if (fate->loss == PowerCutLosesAll) return content;
    size_t prefix = (size_t)(fate_next(fate) % (count_changes(file) + 1));
    for (Change *change = file->firstChange; change != NULL; change = change->next) {
        if (fate->loss == PowerCutKeepsPrefix) {
            if (prefix == 0) break;
            prefix -= 1;
            content_apply(&content, change);
        } else if (fate->loss == PowerCutTearsWrites && change->bytes != NULL) {
            content_tear(&content, change, fate);
        } else if (fate_keeps(fate)) {
            content_apply(&content, change);
        }
    }
    return content;
}

static bool write_content(const Content *content, const char *folder, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t room = strlen(folder) + strlen(name) + 2;
    char *target = demand(malloc(room));
    snprintf(target, room, "%s/%s", folder, name);
    FILE *stream = fopen(target, "wb");
    free(target);
    if (stream == NULL) return false;
    bool isWritten = fwrite(content->bytes, 1, content->size, stream) == content->size;
    return fclose(stream) == 0 && isWritten;
}

bool powercut_restore(PowerCut *power, const char *folder, PowerCutLoss loss, uint64_t seed)
{
    Fate fate = {loss, seed};
    bool isWritten = true;
    pthread_mutex_lock(&power->lock);
    for (DiskFile *file = power->files; file != NULL && isWritten; file = file->next) {
        // A name is there if the disk knows of it and not surely of its removal, or by chance.
        bool isThere = file->isNameFlushed
            ? !file->isRemoved || !fate_keeps(&fate)
            : !file->isRemoved && fate_keeps(&fate);
        if (!isThere) continue;
        Content content = surviving_content(file, &fate);
        isWritten = write_content(&content, folder, file->path);
        free(content.bytes);
    }
    pthread_mutex_unlock(&power->lock);
    return isWritten;
}
