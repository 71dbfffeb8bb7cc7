// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/killingdisk.h"

#include <atomic>
#include <csignal>

#include <sqlite3.h>

namespace tidemark {

namespace {

std::atomic<int> calls = 0;
int deadly = 0;
sqlite3_vfs *disk = nullptr; // the real one

struct File // the real one's lies behind it
{
    sqlite3_file base;
    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

sqlite3_file *realOf(sqlite3_file *file) { return reinterpret_cast<File *>(file)->real(); }

bool isTime() { return ++calls == deadly; }

int closeFile(sqlite3_file *file) { return realOf(file)->pMethods->xClose(realOf(file)); }

int readFile(sqlite3_file *file, void *to, int amount, sqlite3_int64 at)
{
    return realOf(file)->pMethods->xRead(realOf(file), to, amount, at);
}

int writeFile(sqlite3_file *file, const void *from, int amount, sqlite3_int64 at)
{
    if (isTime()) {
        realOf(file)->pMethods->xWrite(realOf(file), from, amount / 2, at);
        std::raise(SIGKILL);
    }
    return realOf(file)->pMethods->xWrite(realOf(file), from, amount, at);
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    if (isTime())
        std::raise(SIGKILL);
    return realOf(file)->pMethods->xTruncate(realOf(file), size);
}

int syncFile(sqlite3_file *file, int flags)
{
    if (isTime())
        std::raise(SIGKILL);
    return realOf(file)->pMethods->xSync(realOf(file), flags);
}

int removeFile(sqlite3_vfs *, const char *name, int syncs)
{
    if (isTime())
        std::raise(SIGKILL);
    return disk->xDelete(disk, name, syncs);
}

int sizeOf(sqlite3_file *file, sqlite3_int64 *size) { return realOf(file)->pMethods->xFileSize(realOf(file), size); }

int lockFile(sqlite3_file *file, int level) { return realOf(file)->pMethods->xLock(realOf(file), level); }
int unlockFile(sqlite3_file *file, int level) { return realOf(file)->pMethods->xUnlock(realOf(file), level); }

int isReserved(sqlite3_file *file, int *answer)
{
    return realOf(file)->pMethods->xCheckReservedLock(realOf(file), answer);
}

int control(sqlite3_file *file, int code, void *argument)
{
    return realOf(file)->pMethods->xFileControl(realOf(file), code, argument);
}

int sectorSize(sqlite3_file *file) { return realOf(file)->pMethods->xSectorSize(realOf(file)); }
int traits(sqlite3_file *file) { return realOf(file)->pMethods->xDeviceCharacteristics(realOf(file)); }

int mapShared(sqlite3_file *file, int page, int size, int extends, void volatile **memory)
{
    return realOf(file)->pMethods->xShmMap(realOf(file), page, size, extends, memory);
}

int lockShared(sqlite3_file *file, int first, int count, int flags)
{
    return realOf(file)->pMethods->xShmLock(realOf(file), first, count, flags);
}

void barrier(sqlite3_file *file) { realOf(file)->pMethods->xShmBarrier(realOf(file)); }
int unmapShared(sqlite3_file *file, int removes) { return realOf(file)->pMethods->xShmUnmap(realOf(file), removes); }

// Version 2: shared memory, and nothing mapped that could be written past these calls.
const sqlite3_io_methods methods{2,          closeFile,  readFile,    writeFile, truncateFile, syncFile, sizeOf,
                                 lockFile,   unlockFile, isReserved,  control,   sectorSize,   traits,   mapShared,
                                 lockShared, barrier,    unmapShared, nullptr,   nullptr};

int openFile(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *given)
{
    file->pMethods = nullptr;
    const int code = disk->xOpen(disk, name, realOf(file), flags, given);
    if (realOf(file)->pMethods != nullptr)
        file->pMethods = &methods;
    return code;
}

sqlite3_vfs killing{};

} // namespace

void killAtDiskCall(int nth)
{
    deadly = nth;
    calls = 0;
    if (disk != nullptr)
        return;
    disk = sqlite3_vfs_find(nullptr);
    killing = *disk;
    killing.zName = "killing";
    killing.szOsFile = static_cast<int>(sizeof(File)) + disk->szOsFile;
    killing.xOpen = openFile;
    killing.xDelete = removeFile;
    sqlite3_vfs_register(&killing, 1);
}

int diskCalls() { return calls; }

} // namespace tidemark
