// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace tidemark::tables {

// How every plain table looks: no grid, no frame, whole rows framed when selected, one column that takes what room is
// left. Copying (Ctrl+C) takes the selected rows.
void dress(QTableView &view, int stretchedColumn);

} // namespace tidemark::tables
