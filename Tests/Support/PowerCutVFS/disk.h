#ifndef POWER_CUT_DISK_H
#define POWER_CUT_DISK_H

#include "PowerCutVFS.h"

#include <pthread.h>
#include <stddef.h>

/// A change of a file that is not on the disk yet.
typedef struct Change {
    struct Change *next;
    int64_t offset;
    size_t size;
    /// NULL for a truncation to `offset` bytes.
    unsigned char *bytes;
} Change;

typedef struct Content {
    unsigned char *bytes;
    size_t size;
} Content;

/// A file as the disk has it. One that is made again after its removal is another.
typedef struct DiskFile {
    struct DiskFile *next;
    char *path;
    Content flushed;
    Change *firstChange, **lastChange;
    /// Whether the folder on the disk has the name.
    bool isNameFlushed;
    /// Whether it was removed, which the disk may not know yet.
    bool isRemoved;
} DiskFile;

struct PowerCut {
    pthread_mutex_t lock;
    DiskFile *files, **lastFile;
    int64_t changes, cutAt;
    bool isOff;
    /// The registered sqlite3_vfs.
    void *vfs;
};

/// Counts a change. Returns false when the power is off, or goes off during this change.
bool disk_step(PowerCut *power);

/// The file under a path, or NULL.
DiskFile *disk_find(PowerCut *power, const char *path);
DiskFile *disk_add(PowerCut *power, const char *path, bool exists);

void disk_write(DiskFile *file, int64_t offset, const void *bytes, size_t size);
void disk_truncate(DiskFile *file, int64_t size);
void disk_flush(DiskFile *file);
/// Puts the names of all files on the disk: all are in one folder.
void disk_flush_folder(PowerCut *power);
void disk_free(PowerCut *power);

#endif
