// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/twosides.h"

#include "tests/ui/support/pages.h"
#include "ui/main/mainwindow.h"
#include "ui/plan/previewwindow.h"

using namespace Qt::StringLiterals;

namespace tidemark {

TwoSides::TwoSides(Driver source, Driver target)
    : m_from(std::make_unique<Side>(source, m_folder.path(), u"shop"_s)),
      m_to(std::make_unique<Side>(target, m_folder.path(), u"copy"_s))
{
    m_from->settings.name = u"Shop"_s;
    m_to->settings.name = u"Copy"_s;
}

TwoSides::~TwoSides()
{
    m_window.reset();
    m_watch.reset(); // the sides drop what they made
}

bool TwoSides::open()
{
    m_from->reconnect();
    m_to->reconnect();
    MainWindow::Options options;
    options.folder = path(u"workspace"_s);
    options.preferences.language = u"en"_s;
    m_watch = std::make_unique<person::Watch>();
    m_window = std::make_unique<MainWindow>(options);
    return pages::openWorkspace(*m_window);
}

bool TwoSides::addJob(const QString &name)
{
    return pages::addConnection(*m_window, m_from->settings) && pages::addConnection(*m_window, m_to->settings)
        && pages::addJob(*m_window, {name, u"Shop"_s, u"Copy"_s});
}

PreviewWindow *TwoSides::compared() { return pages::compare(*m_window) ? pages::review(*m_window) : nullptr; }

QStringList TwoSides::targetRows(const QString &sql)
{
    QStringList rows;
    person::elsewhere([&] {
        rows = m_to->rows(sql);
        m_to->reconnect();
    });
    return rows;
}

} // namespace tidemark
