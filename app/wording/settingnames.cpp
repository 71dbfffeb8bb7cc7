// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <utility>

#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

// The window alone has a QGuiApplication, and its people never see a key of a file.
bool isWindow()
{
    const QCoreApplication *program = QCoreApplication::instance();
    return program != nullptr && program->inherits("QGuiApplication");
}

QString setting(QLatin1StringView key)
{
    // As the fields are called in the dialogs of connections and jobs; a test holds both against each other.
    const std::array<std::pair<QLatin1StringView, QString>, 9> fields{{
        {"tls.ca"_L1, Wording::tr("Authority")},
        {"tls.cert"_L1, Wording::tr("Own certificate")},
        {"tls.key"_L1, Wording::tr("Its key")},
        {"tls.pin"_L1, Wording::tr("Pinned certificate")},
        {"\"disable\""_L1, Wording::tr("Off")},
        {"\"parallel\""_L1, Wording::tr("Tables at once")},
        {"\"create\": true"_L1, Wording::tr("Create tables missing at the target")},
        {"\"where\""_L1, Wording::tr("Filter")},
        {"\"allowNonTransactional\": true"_L1, Wording::tr("Write without transactions")},
    }};
    if (isWindow()) {
        for (const auto &[known, field] : fields) {
            if (known == key)
                return Wording::tr("“%1”", "a field of the window").arg(field);
        }
    }
    return key;
}

} // namespace tidemark::wording
