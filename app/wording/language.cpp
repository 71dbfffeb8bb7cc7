// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

#include "app/wording/wording.h"

// In the global namespace, as rcc wants it: a static library's resources are only linked in when they are asked for.
static void initTranslations() { Q_INIT_RESOURCE(translations); }

namespace tidemark::wording {

using namespace Qt::StringLiterals;

void useLanguage(const QString &locale)
{
    initTranslations();
    const QLocale wanted = QLocale(locale.isEmpty() ? QLocale::system().uiLanguages().value(0) : locale);
    const bool isChinese = wanted.language() == QLocale::Chinese;
    // English has a file too: its plural forms.
    const QString name = isChinese ? u"zh_CN"_s : u"en"_s;
    static const QTranslator *installed = nullptr;
    auto translator = std::make_unique<QTranslator>(QCoreApplication::instance());
    if (!translator->load(u":/i18n/tidemark_"_s + name + u".qm"_s))
        return;
    if (installed != nullptr) {
        QCoreApplication::removeTranslator(const_cast<QTranslator *>(installed));
        delete installed;
    }
    QLocale::setDefault(isChinese ? QLocale(QLocale::Chinese, QLocale::China)
                                  : (wanted.language() == QLocale::English ? wanted : QLocale(QLocale::English)));
    QCoreApplication::installTranslator(translator.get());
    installed = translator.release(); // the application's child
}

} // namespace tidemark::wording
