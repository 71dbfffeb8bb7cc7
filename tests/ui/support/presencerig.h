// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>

#include "app/wording/wording.h"
#include "tests/endpoint/pairs/sqlpair.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainwindow.h"
#include "ui/widgets/style.h"

namespace tidemark {

// The window with one job between two small databases, as it is left alone.
class PresenceRig
{
protected:
    static void dress()
    {
        QApplication::setStyle(new TidemarkStyle);
        wording::useLanguage(QStringLiteral("en"));
        theme::apply(theme::Choice::Light, false);
    }

    void begin()
    {
        m_trusted.clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_from = std::make_unique<Side>(Driver::Sqlite, m_folder->path(), QStringLiteral("shop"));
        m_to = std::make_unique<Side>(Driver::Sqlite, m_folder->path(), QStringLiteral("copy"));
        for (Side *side : {m_from.get(), m_to.get()})
            side->exec(QStringLiteral("CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT)"));
        m_from->exec(QStringLiteral("INSERT INTO a VALUES (1, 'one'), (2, 'two')"));
    }

    void end()
    {
        m_window.reset();
        QApplication::setQuitOnLastWindowClosed(true);
    }

    QString path(const QString &name) const { return m_folder->filePath(name); }

    void saveJob(const QJsonObject &changes = {}, bool trusted = true)
    {
        const auto side = [](const Side &side) {
            return QJsonObject{{QStringLiteral("driver"), QStringLiteral("sqlite")},
                               {QStringLiteral("database"), side.settings.database}};
        };
        QJsonObject job{{QStringLiteral("tidemark"), 1},
                        {QStringLiteral("id"), QStringLiteral("11111111-2222-4333-8444-555555555555")},
                        {QStringLiteral("name"), QStringLiteral("shop")},
                        {QStringLiteral("source"), side(*m_from)},
                        {QStringLiteral("target"), side(*m_to)},
                        {QStringLiteral("mode"), QStringLiteral("mirror")},
                        {QStringLiteral("tables"), QJsonArray{QStringLiteral("a")}}};
        for (auto it = changes.begin(); it != changes.end(); ++it)
            job[it.key()] = it.value();
        person::elsewhere([&] {
            if (trusted)
                m_trusted << jobHash(job);
            const auto saved =
                Workspace::open(path(QStringLiteral("workspace"))).value().saveJob(job, QStringLiteral("shop"));
            if (!saved)
                qFatal("%s", qPrintable(codeName(saved.error().code)));
        });
    }

    void open(bool stays = true)
    {
        MainWindow::Options options;
        options.folder = path(QStringLiteral("workspace"));
        options.preferences.language = QStringLiteral("en");
        options.preferences.trusted = m_trusted;
        options.stays = stays;
        m_window = std::make_unique<MainWindow>(options);
        QVERIFY(pages::openWorkspace(*m_window));
    }

    JobEntry job() { return m_window->jobs().jobs().value(0); }

    int targetCount()
    {
        QStringList rows;
        person::elsewhere([&] {
            rows = m_to->rows(QStringLiteral("SELECT count(*) FROM a"));
            m_to->reconnect();
        });
        return rows.value(0).toInt();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Side> m_from, m_to;
    QStringList m_trusted;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace tidemark
