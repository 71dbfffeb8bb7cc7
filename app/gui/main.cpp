// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QMessageBox>
#include <QSocketNotifier>
#include <QTimer>

#include "app/wording/wording.h"
#include "core/config/workspace.h"
#include "ui/main/mainpresence.h"
#include "ui/main/mainwindow.h"
#include "ui/main/portal.h"
#include "ui/plan/previewwindow.h"
#include "ui/tray/instance.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

// Renders the window, and the preview beside it ("shot.png" → "shot-preview.png"), once they stand; then quits.
void screenshotOf(MainWindow &window, const QString &file, bool withPreview)
{
    const auto save = [&window, file] {
        // Once more through the event loop, so that what has just arrived is painted.
        QTimer::singleShot(300, &window, [&window, file] {
            bool saved = window.grab().save(file);
            if (PreviewWindow *preview = window.preview())
                saved = preview->grab().save(QString(file).replace(u".png"_s, u"-preview.png"_s)) && saved;
            QApplication::exit(saved ? 0 : 2);
        });
    };
    if (withPreview)
        QObject::connect(&window, &MainWindow::previewReady, &window, save);
    else
        QObject::connect(&window, &MainWindow::loaded, &window, save);
}

// What this start was asked for, as another one may be told.
InstanceMessage wishOf(const QCommandLineParser &parser)
{
    using Wish = InstanceMessage::Wish;
    const auto absolute = [](const QString &file) { return QFileInfo(file).absoluteFilePath(); };
    if (parser.isSet(u"run"_s)) {
        const QString job = parser.value(u"run"_s);
        return {Wish::Run, QFileInfo(job).isFile() ? absolute(job) : job};
    }
    if (!parser.positionalArguments().isEmpty())
        return {Wish::Open, absolute(parser.positionalArguments().constFirst())};
    if (parser.isSet(u"sample"_s))
        return {Wish::Sample, {}};
    return {parser.isSet(u"hidden"_s) ? Wish::None : Wish::Show, {}};
}

// The window of this workspace is another program's. Returns the exit code.
int tellOf(const Instance &instance, Instance::Role role)
{
    if (role == Instance::Role::Second)
        return 0;
    const QString text = role == Instance::Role::Refused
        ? QCoreApplication::translate("Start",
                                      "Tidemark is open already, and does not understand what it was asked "
                                      "for. Quit it, and start again.")
        : QCoreApplication::translate("Start",
                                      "Tidemark is open already (process %1) and does not answer. Wait for "
                                      "it, or end that process, and start again.")
              .arg(instance.otherPid());
    std::fputs(qPrintable(text + u'\n'), stderr);
    QMessageBox box(QMessageBox::NoIcon, QCoreApplication::translate("Start", "Tidemark"), text);
    box.addButton(QCoreApplication::translate("Start", "Close"), QMessageBox::RejectRole);
    QTimer::singleShot(60'000, &box, &QMessageBox::close); // where nobody looks
    box.exec();
    return 5; // busy
}

// The end of a session: what runs ends after its batch. A signal may come between any two instructions; it only wakes
// the event loop.
int wakeUp[2] = {-1, -1};

void heedSignals(MainWindow &window)
{
    if (::pipe2(wakeUp, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    auto *woken = new QSocketNotifier(wakeUp[0], QSocketNotifier::Read, &window);
    QObject::connect(woken, &QSocketNotifier::activated, &window, [woken, &window] {
        woken->setEnabled(false);
        window.presence().endAfterBatch();
    });
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        std::signal(signal, [](int) {
            const char byte = 0;
            [[maybe_unused]] const auto written = ::write(wakeUp[1], &byte, 1);
        });
    }
}

void obey(MainWindow &window, const QCommandLineParser &parser)
{
    const InstanceMessage wish = wishOf(parser);
    if (parser.isSet(u"hidden"_s))
        window.presence().startHidden();
    else
        window.show();
    if (wish.wish == InstanceMessage::Wish::Sample)
        window.trySample();
    else if (wish.wish == InstanceMessage::Wish::Open || wish.wish == InstanceMessage::Wish::Run)
        window.presence().obey(wish);
}

} // namespace

int main(int argc, char *argv[])
{
    std::signal(SIGPIPE, SIG_IGN); // a server that went away is an error of write(), not the end of the program
    QApplication app(argc, argv);
    QApplication::setApplicationName(u"tidemark"_s);
    QApplication::setApplicationVersion(u"0.1.0"_s);
    QApplication::setDesktopFileName(u"tidemark"_s);
    const bool startedDark = theme::isDark(QApplication::palette());
    QApplication::setStyle(new TidemarkStyle);

    QCommandLineParser parser;
    const QCommandLineOption workspace(u"workspace"_s, u"The workspace folder."_s, u"DIR"_s);
    const QCommandLineOption sample(u"sample"_s, u"Opens the sample."_s);
    const QCommandLineOption language(u"lang"_s, u"en or zh_CN."_s, u"LANGUAGE"_s);
    const QCommandLineOption themeOption(u"theme"_s, u"light, dark or system."_s, u"THEME"_s);
    const QCommandLineOption screenshot(u"screenshot"_s, u"Renders the window into a PNG file and quits."_s, u"FILE"_s);
    const QCommandLineOption run(u"run"_s, u"Runs a job of the workspace."_s, u"JOB"_s);
    const QCommandLineOption hidden(u"hidden"_s, u"Starts in the tray."_s);
    parser.addOptions({workspace, sample, language, themeOption, screenshot, run, hidden});
    parser.addPositionalArgument(u"job"_s, u"A job file to open."_s, u"[JOB]"_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(app);

    MainWindow::Options options;
    options.folder = parser.isSet(workspace) ? parser.value(workspace) : Workspace::defaultFolder();
    options.preferences = Preferences::read(options.folder + u"/workspace.ini"_s);
    options.systemIsDark = startedDark;
    if (parser.isSet(language))
        options.preferences.language = parser.value(language);
    if (parser.isSet(themeOption)) {
        const QString name = parser.value(themeOption);
        options.preferences.theme = name == u"dark" ? theme::Choice::Dark
            : name == u"light"                      ? theme::Choice::Light
                                                    : theme::Choice::System;
    }
    wording::useLanguage(options.preferences.language);
    theme::useFonts();
    theme::apply(options.preferences.theme, startedDark);

    // A picture is taken of a window of its own.
    Instance instance(options.folder);
    if (!parser.isSet(screenshot)) {
        options.stays = true;
        const Instance::Role role = instance.begin(wishOf(parser));
        if (role != Instance::Role::First && role != Instance::Role::Alone)
            return tellOf(instance, role);
    }

    MainWindow window(options);
    QObject::connect(&instance, &Instance::told, &window.presence(), &MainPresence::obey);
    DesktopPortal portal;
    QObject::connect(&portal, &DesktopPortal::darkChanged, &window, &MainWindow::setSystemDark);
    portal.ask();
    if (parser.isSet(screenshot))
        screenshotOf(window, parser.value(screenshot), parser.isSet(sample));
    heedSignals(window);
    obey(window, parser);
    return QApplication::exec();
}
