// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "core/config/httpreader.h"

class QComboBox;

namespace tidemark {

class TextField;

// How a web service takes one kind of change: a method and a path, or not at all.
class VerbField final : public QWidget
{
    Q_OBJECT
public:
    VerbField(HttpChange change, const QString &name, const QString &title, QWidget *parent);
    void show(const std::optional<HttpVerb> &verb);
    std::optional<HttpVerb> verb() const;
    void suggest(const QString &path, const QStringList &key); // where one is chosen and nothing was typed yet
    TextField *path() const { return m_path; }

Q_SIGNALS:
    void edited();

private:
    void choose();
    QString suggestion() const;

    HttpChange m_change;
    QComboBox *m_method;
    TextField *m_path;
    QString m_resourcePath;
    QStringList m_key;
};

} // namespace tidemark
