// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>

#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>

#include "app/wording/wording.h"
#include "core/config/workspace.h"
#include "ui/main/mainwindow.h"
#include "ui/main/portal.h"
#include "ui/plan/previewwindow.h"
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
    parser.addOptions({workspace, sample, language, themeOption, screenshot});
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

    MainWindow window(options);
    DesktopPortal portal;
    QObject::connect(&portal, &DesktopPortal::darkChanged, &window, &MainWindow::setSystemDark);
    portal.ask();
    if (parser.isSet(screenshot))
        screenshotOf(window, parser.value(screenshot), parser.isSet(sample));
    if (parser.isSet(sample))
        window.trySample();
    if (!parser.positionalArguments().isEmpty())
        window.openJobFile(parser.positionalArguments().constFirst());
    window.show();
    return QApplication::exec();
}
