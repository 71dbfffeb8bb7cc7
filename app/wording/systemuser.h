// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tidemark::wording {

QString systemUser(); // the name of whoever runs the program, else the number

} // namespace tidemark::wording
