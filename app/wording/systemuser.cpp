// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/systemuser.h"

#include <array>

#include <pwd.h>
#include <unistd.h>

namespace tidemark::wording {

QString systemUser()
{
    const uid_t id = getuid();
    passwd entry{};
    passwd *found = nullptr;
    std::array<char, 4096> room{};
    if (getpwuid_r(id, &entry, room.data(), room.size(), &found) != 0 || found == nullptr)
        return QString::number(id);
    return QString::fromLocal8Bit(entry.pw_name);
}

} // namespace tidemark::wording
