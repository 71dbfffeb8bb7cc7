// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "tests/endpoint/pairs/sqlside.h"
#include "tests/ui/support/person.h"

namespace tidemark {

class MainWindow;
class PreviewWindow;

// Two databases and a window over an empty workspace, as a person finds them who is about to make a job of them. The UI
// thread is watched from the moment that the window opens.
class TwoSides
{
public:
    TwoSides(Driver source, Driver target);
    ~TwoSides();
    TwoSides(const TwoSides &) = delete;
    TwoSides &operator=(const TwoSides &) = delete;

    Side &from() { return *m_from; }
    Side &to() { return *m_to; }
    QString path(const QString &name) const { return m_folder.filePath(name); }

    bool open(); // the window; the sides are the program's from then on
    bool addJob(const QString &name); // the connections "Shop" and "Copy", and the job between them
    PreviewWindow *compared(); // and shown; null: it does not come that far
    MainWindow &window() const { return *m_window; }
    QStringList targetRows(const QString &sql); // as they are now

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Side> m_from, m_to;
    std::unique_ptr<person::Watch> m_watch;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace tidemark
