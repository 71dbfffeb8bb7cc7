// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tidemark {

// From now on this process is killed (SIGKILL) at the nth write, truncation, sync or removal that SQLite asks its disk
// for, journal and databases alike; of a write the first half has gone out by then. 0: never, but they are counted.
void killAtDiskCall(int nth);
int diskCalls(); // so far

} // namespace tidemark
