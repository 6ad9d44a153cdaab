#include "disk.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

typedef struct CutFile {
    sqlite3_file base;
    PowerCut *power;
    /// NULL for a temporary file, which nobody looks for after a restart.
    DiskFile *disk;
    /// Whether the next flush also flushes the folder, as SQLite's own file system does for a new journal.
    bool flushesFolder;
    /// The system's own file, in the room behind this one.
    sqlite3_file *real;
} CutFile;

static CutFile *cut(sqlite3_file *file)
{
    return (CutFile *)file;
}

static PowerCut *power_of(sqlite3_vfs *vfs)
{
    return vfs->pAppData;
}

static sqlite3_vfs *system_vfs(void)
{
    return sqlite3_vfs_find(NULL);
}

static bool is_off(PowerCut *power)
{
    pthread_mutex_lock(&power->lock);
    bool isOff = power->isOff;
    pthread_mutex_unlock(&power->lock);
    return isOff;
}

// MARK: - What changes a file

static int cut_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    CutFile *this = cut(file);
    if (this->disk != NULL) {
        pthread_mutex_lock(&this->power->lock);
        // The write during which the power goes may still reach the disk.
        if (!this->power->isOff) disk_write(this->disk, offset, bytes, (size_t)size);
        bool isOn = disk_step(this->power);
        pthread_mutex_unlock(&this->power->lock);
        if (!isOn) return SQLITE_IOERR_WRITE;
    }
    return this->real->pMethods->xWrite(this->real, bytes, size, offset);
}

static int cut_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    CutFile *this = cut(file);
    if (this->disk != NULL) {
        pthread_mutex_lock(&this->power->lock);
        if (!this->power->isOff) disk_truncate(this->disk, size);
        bool isOn = disk_step(this->power);
        pthread_mutex_unlock(&this->power->lock);
        if (!isOn) return SQLITE_IOERR_TRUNCATE;
    }
    return this->real->pMethods->xTruncate(this->real, size);
}

/// Flushes what this file system takes for the disk. The real one may keep its own in memory.
static int cut_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    CutFile *this = cut(file);
    if (this->disk == NULL) return SQLITE_OK;
    pthread_mutex_lock(&this->power->lock);
    bool isOn = disk_step(this->power);
    if (isOn) {
        disk_flush(this->disk);
        if (this->flushesFolder) disk_flush_folder(this->power);
        this->flushesFolder = false;
    }
    pthread_mutex_unlock(&this->power->lock);
    return isOn ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int cut_delete(sqlite3_vfs *vfs, const char *path, int flushesFolder)
{
    PowerCut *power = power_of(vfs);
    pthread_mutex_lock(&power->lock);
    DiskFile *file = disk_find(power, path);
    bool isOn = file == NULL ? !power->isOff : disk_step(power);
    if (isOn && file != NULL) file->isRemoved = true;
    if (isOn && flushesFolder) disk_flush_folder(power);
    pthread_mutex_unlock(&power->lock);
    return isOn ? system_vfs()->xDelete(system_vfs(), path, 0) : SQLITE_IOERR_DELETE;
}

// MARK: - What does not

static int cut_close(sqlite3_file *file)
{
    sqlite3_file *real = cut(file)->real;
    return real->pMethods != NULL ? real->pMethods->xClose(real) : SQLITE_OK;
}

static int cut_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
    CutFile *this = cut(file);
    if (is_off(this->power)) return SQLITE_IOERR_READ;
    return this->real->pMethods->xRead(this->real, bytes, size, offset);
}

static int cut_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return cut(file)->real->pMethods->xFileSize(cut(file)->real, size);
}

static int cut_lock(sqlite3_file *file, int level)
{
    return cut(file)->real->pMethods->xLock(cut(file)->real, level);
}

static int cut_unlock(sqlite3_file *file, int level)
{
    return cut(file)->real->pMethods->xUnlock(cut(file)->real, level);
}

static int cut_check_lock(sqlite3_file *file, int *result)
{
    return cut(file)->real->pMethods->xCheckReservedLock(cut(file)->real, result);
}

static int cut_control(sqlite3_file *file, int operation, void *argument)
{
    return cut(file)->real->pMethods->xFileControl(cut(file)->real, operation, argument);
}

static int cut_sector_size(sqlite3_file *file)
{
    return cut(file)->real->pMethods->xSectorSize(cut(file)->real);
}

static int cut_characteristics(sqlite3_file *file)
{
    return cut(file)->real->pMethods->xDeviceCharacteristics(cut(file)->real);
}

/// The index of the log lies in shared memory and is made anew after every restart: it needs no care.
static int cut_shm_map(sqlite3_file *file, int page, int size, int extends, void volatile **memory)
{
    return cut(file)->real->pMethods->xShmMap(cut(file)->real, page, size, extends, memory);
}

static int cut_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return cut(file)->real->pMethods->xShmLock(cut(file)->real, offset, count, flags);
}

static void cut_shm_barrier(sqlite3_file *file)
{
    cut(file)->real->pMethods->xShmBarrier(cut(file)->real);
}

static int cut_shm_unmap(sqlite3_file *file, int deletes)
{
    return cut(file)->real->pMethods->xShmUnmap(cut(file)->real, deletes);
}

/// Version 2 knows shared memory, but no mapping of the database, which would go past `xWrite`.
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = cut_close,
    .xRead = cut_read,
    .xWrite = cut_write,
    .xTruncate = cut_truncate,
    .xSync = cut_sync,
    .xFileSize = cut_size,
    .xLock = cut_lock,
    .xUnlock = cut_unlock,
    .xCheckReservedLock = cut_check_lock,
    .xFileControl = cut_control,
    .xSectorSize = cut_sector_size,
    .xDeviceCharacteristics = cut_characteristics,
    .xShmMap = cut_shm_map,
    .xShmLock = cut_shm_lock,
    .xShmBarrier = cut_shm_barrier,
    .xShmUnmap = cut_shm_unmap,
};

// MARK: - Opening

/// The disk's file behind a path that is being opened; NULL when the power goes off over making it.
static DiskFile *disk_file(PowerCut *power, const char *path)
{
    DiskFile *file = disk_find(power, path);
    if (file != NULL) return file;
    int exists = 0;
    system_vfs()->xAccess(system_vfs(), path, SQLITE_ACCESS_EXISTS, &exists);
    file = disk_add(power, path, exists != 0);
    return exists || disk_step(power) ? file : NULL;
}

static int cut_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *outFlags)
{
    const int journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
    CutFile *this = cut(file);
    memset(this, 0, sizeof *this);
    this->power = power_of(vfs);
    this->real = (sqlite3_file *)(this + 1);
    this->real->pMethods = NULL;
    if (path != NULL && (flags & SQLITE_OPEN_DELETEONCLOSE) == 0) {
        pthread_mutex_lock(&this->power->lock);
        this->disk = this->power->isOff ? NULL : disk_file(this->power, path);
        pthread_mutex_unlock(&this->power->lock);
        if (this->disk == NULL) return SQLITE_CANTOPEN;
        this->flushesFolder = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & journals) != 0;
    }
    int status = system_vfs()->xOpen(system_vfs(), path, this->real, flags, outFlags);
    if (status == SQLITE_OK) this->base.pMethods = &methods;
    return status;
}

static int cut_access(sqlite3_vfs *vfs, const char *path, int flags, int *result)
{
    if (is_off(power_of(vfs))) return SQLITE_IOERR_ACCESS;
    return system_vfs()->xAccess(system_vfs(), path, flags, result);
}

static int cut_full_path(sqlite3_vfs *vfs, const char *path, int size, char *result)
{
    (void)vfs;
    return system_vfs()->xFullPathname(system_vfs(), path, size, result);
}

// MARK: - Registering

PowerCut *powercut_create(const char *name)
{
    if (sqlite3_initialize() != SQLITE_OK || system_vfs() == NULL) return NULL;
    PowerCut *power = calloc(1, sizeof *power);
    sqlite3_vfs *vfs = calloc(1, sizeof *vfs);
    char *copy = strdup(name);
    if (power == NULL || vfs == NULL || copy == NULL) return NULL;
    *vfs = *system_vfs();
    vfs->pNext = NULL;
    vfs->zName = copy;
    vfs->pAppData = power;
    vfs->szOsFile = (int)sizeof(CutFile) + system_vfs()->szOsFile;
    vfs->xOpen = cut_open;
    vfs->xDelete = cut_delete;
    vfs->xAccess = cut_access;
    vfs->xFullPathname = cut_full_path;
    pthread_mutex_init(&power->lock, NULL);
    power->lastFile = &power->files;
    power->vfs = vfs;
    return sqlite3_vfs_register(vfs, 0) == SQLITE_OK ? power : NULL;
}

void powercut_arm(PowerCut *power, int64_t change)
{
    pthread_mutex_lock(&power->lock);
    power->changes = 0;
    power->cutAt = change;
    pthread_mutex_unlock(&power->lock);
}

int64_t powercut_changes(PowerCut *power)
{
    pthread_mutex_lock(&power->lock);
    int64_t changes = power->changes;
    pthread_mutex_unlock(&power->lock);
    return changes;
}

bool powercut_is_off(PowerCut *power)
{
    return is_off(power);
}

void powercut_destroy(PowerCut *power)
{
    sqlite3_vfs *vfs = power->vfs;
    sqlite3_vfs_unregister(vfs);
    disk_free(power);
    pthread_mutex_destroy(&power->lock);
    free((char *)vfs->zName);
    free(vfs);
    free(power);
}
