// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/verbfield.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

#include "ui/connections/textfield.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

VerbField::VerbField(HttpChange change, const QString &name, const QString &title, QWidget *parent)
    : QWidget(parent), m_change(change), m_method(new QComboBox(this)), m_path(new TextField(this))
{
    m_method->setObjectName(name + u"Method"_s);
    m_path->setObjectName(name + u"Path"_s);
    m_method->setAccessibleName(tr("%1: method").arg(title));
    m_path->setAccessibleName(tr("%1: path").arg(title));
    m_method->addItem(tr("Not possible"));
    const QStringList methods = httpMethods(change);
    for (const QString &method : methods)
        m_method->addItem(method, method);
    m_method->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_method->setMinimumWidth(m_method->sizeHint().width() + theme::gap);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::gap);
    layout->addWidget(m_method);
    layout->addWidget(m_path, 1);
    setFocusProxy(m_method);
    connect(m_method, &QComboBox::currentIndexChanged, this, &VerbField::choose);
    connect(m_path, &QLineEdit::textChanged, this, &VerbField::edited);
    m_path->setEnabled(false);
}

// What is usual: a list takes new records, one record is told by its key.
QString VerbField::suggestion() const
{
    const QString method = m_method->currentData().toString();
    if (m_resourcePath.isEmpty() || method == "POST"_L1)
        return m_resourcePath;
    QString path = m_resourcePath;
    for (const QString &column : m_key)
        path += u"/{"_s + column + u'}';
    return m_key.isEmpty() ? QString() : path;
}

void VerbField::choose()
{
    const bool chosen = m_method->currentIndex() > 0;
    m_path->setEnabled(chosen);
    const QSignalBlocker blocker(m_path);
    if (!chosen)
        m_path->reset({});
    else if (m_path->text().isEmpty())
        m_path->replace(suggestion());
    Q_EMIT edited();
}

void VerbField::suggest(const QString &path, const QStringList &key)
{
    m_resourcePath = path;
    m_key = key;
}

void VerbField::show(const std::optional<HttpVerb> &verb)
{
    if (verb == this->verb())
        return;
    const QSignalBlocker blocker(m_method);
    const QSignalBlocker quiet(m_path);
    const int known = verb ? m_method->findData(verb->method) : 0;
    if (known < 0) // as a file has it; said to be wrong
        m_method->addItem(verb->method, verb->method);
    m_method->setCurrentIndex(known < 0 ? m_method->count() - 1 : known);
    m_path->reset(verb ? verb->path : QString());
    m_path->setEnabled(verb.has_value());
}

std::optional<HttpVerb> VerbField::verb() const
{
    if (m_method->currentIndex() <= 0)
        return {};
    return HttpVerb{m_method->currentData().toString(), m_path->text().trimmed()};
}

} // namespace tidemark
