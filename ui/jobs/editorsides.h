// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/config/connectionsettings.h"
#include "ui/jobs/keptsize.h"
#include "ui/jobs/editorpage.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace tidemark {

class Desk;
class EditorFields;
class EditorMode;
class JobDraft;

// Name, source and target, mode.
class EditorSides final : public EditorSheet
{
    Q_OBJECT
public:
    EditorSides(std::shared_ptr<Desk> desk, JobDraft &draft, QWidget *parent = nullptr);
    void setConnections(const QList<ConnectionSettings> &connections);
    void setKeptSize(const KeptSize &size); // of the tables in the job, were it two-way
    void showDraft() override;
    void lead(const EditorProblem &problem) override;

Q_SIGNALS:
    void connectionMade(const ConnectionSettings &settings); // saved to the workspace

private:
    void buildNames();
    void buildSides();
    void buildModes();
    ConnectionSettings sideOf(const QString &key) const;
    void showSide(QComboBox *box, const QString &key);
    void chosen(QComboBox *box, const QString &key);
    void setSide(const QString &key, const QString &connection);
    void newConnection(const QString &key);
    void showPlaces();
    void showKeptSize();

    std::shared_ptr<Desk> m_desk;
    JobDraft &m_draft;
    EditorFields *m_fields;
    QList<ConnectionSettings> m_connections;
    QFormLayout *m_form;
    QComboBox *m_source;
    QComboBox *m_target;
    QLabel *m_sourcePlace;
    QLabel *m_targetPlace;
    EditorMode *m_update;
    EditorMode *m_mirror;
    EditorMode *m_twoWay;
    QLabel *m_oneWay; // why a mode is not offered
    QLabel *m_kept;
    KeptSize m_keptSize;
    QWidget *m_name = nullptr;
};

} // namespace tidemark
