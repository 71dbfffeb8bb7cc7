// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/result.h"

namespace tidemark::autostart {

// Start at login, hidden, by the desktop's own means (XDG autostart). The file is the truth: whoever switches the entry
// off elsewhere has switched it off here. All of them block.

QString fileFor(const QString &workspace); // one each; the usual workspace: tidemark.desktop
bool isOn(const QString &file);
Result<void> setOn(const QString &file, const QString &program, const QString &workspace); // FileUnwritable
Result<void> setOff(const QString &file);

QByteArray entry(const QString &program, const QString &workspace); // its contents
QString quoted(const QString &argument); // for an Exec line

// The same without a display: a unit of systemd for `tidemark-cli watch`, from the template in the resources.
QString unitFile(const QString &workspace);
QString unitName(const QString &workspace);
Result<void> writeUnit(const QString &file, const QString &program, const QString &workspace);

} // namespace tidemark::autostart
