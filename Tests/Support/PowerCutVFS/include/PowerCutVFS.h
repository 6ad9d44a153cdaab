#ifndef POWER_CUT_VFS_H
#define POWER_CUT_VFS_H

#include <stdbool.h>
#include <stdint.h>

/// A file system for SQLite that loses power.
///
/// It passes everything on to the system's own, so that locks and shared memory work as ever, and keeps beside it what
/// a disk would hold: the contents at the last flush of each file, and the changes since. From the moment of the cut
/// every call fails. What a restart would find is written into another folder, as often as wanted and each time
/// with other losses.
typedef struct PowerCut PowerCut;

/// What becomes of the changes that were not flushed.
typedef enum {
    /// All are lost.
    PowerCutLosesAll,
    /// Of each file a first part of them is kept.
    PowerCutKeepsPrefix,
    /// Each of them is kept or lost, whatever came before it.
    PowerCutKeepsSome,
    /// The same for each sector of 512 bytes.
    PowerCutTearsWrites
} PowerCutLoss;

/// Registers a file system under a name of its own, not as the default.
///
/// Returns NULL when that fails.
PowerCut *powercut_create(const char *name);

/// Cuts the power during the n-th change from now: a write, a truncation, a flush, the making or removing of a file.
/// Zero never does.
void powercut_arm(PowerCut *power, int64_t change);

/// The changes since the power was armed.
int64_t powercut_changes(PowerCut *power);

bool powercut_is_off(PowerCut *power);

/// Writes the files that are found after the cut, or would be after one now, into an existing folder.
///
/// Returns false when a file cannot be written.
bool powercut_restore(PowerCut *power, const char *folder, PowerCutLoss loss, uint64_t seed);

/// Every connection that was opened by it must be closed.
void powercut_destroy(PowerCut *power);

#endif
