//! Reading and deleting what is stored: `+CMGL`, `+CMGR`, `+CMGD` (27.005 clauses 3.4, 3.5, 4.1).

use super::answer::{Answer, Piece, Refusal, line, ok};
use super::command::{Command, Form, Values};
use super::storage::{Content, Use};
use super::{DeleteFault, Modem, Record, Status, pdu};

impl Modem {
    pub(super) fn answer_lists(&mut self, command: &Command) -> Option<Answer> {
        if !matches!(command.name.as_str(), "+CMGL" | "+CMGR" | "+CMGD") {
            return None;
        }
        if command.form != Form::Test
            && let Err(refusal) = self.message_service()
        {
            return Some(Err(refusal));
        }
        Some(match (command.name.as_str(), &command.form) {
            ("+CMGL", Form::Test) if self.session.text.on => {
                line("+CMGL: (\"REC UNREAD\",\"REC READ\",\"STO UNSENT\",\"STO SENT\",\"ALL\")")
            }
            ("+CMGL", Form::Test) => line("+CMGL: (0-4)"),
            ("+CMGL", Form::Execute) => self.list(&Values::default()),
            ("+CMGL", Form::Set(values)) => self.list(values),
            ("+CMGR", Form::Test) => ok(),
            ("+CMGR", Form::Set(values)) => self.read(values),
            ("+CMGD", Form::Test) => self.deletable(),
            ("+CMGD", Form::Set(values)) => self.delete(values),
            _ => Err(Refusal::Error),
        })
    }

    /// Whether listing shall leave `REC UNREAD` as it is (`+CMGL=4,1`).
    fn unchanged(&self, values: &Values) -> Result<bool, Refusal> {
        match values.number(1) {
            Some(1) if self.options.knows_list_unchanged => Ok(true),
            None | Some(0) => Ok(false),
            Some(_) => Err(Refusal::Cms(302)),
        }
    }

    fn list(&mut self, values: &Values) -> Answer {
        let wanted = match (self.session.text.on, values.text(0)) {
            (true, None) | (false, None | Some("0")) => Some(Status::ReceivedUnread),
            (true, Some(word)) => match word.to_ascii_uppercase().as_str() {
                "ALL" => None,
                "REC UNREAD" => Some(Status::ReceivedUnread),
                "REC READ" => Some(Status::ReceivedRead),
                "STO UNSENT" => Some(Status::StoredUnsent),
                "STO SENT" => Some(Status::StoredSent),
                _ => return Err(Refusal::Cms(305)),
            },
            (false, Some("4")) => None,
            (false, Some(number)) => {
                let status = number.parse().ok().and_then(Status::from_number);
                Some(status.ok_or(Refusal::Cms(304))?)
            }
        };
        let unchanged = self.unchanged(values)?;
        let mut pieces = Vec::new();
        let mut seen = Vec::new();
        for (index, record) in self
            .storages
            .records(self.storages.chosen(Use::Read))
            .into_iter()
            .flatten()
        {
            if wanted.is_none_or(|status| status == record.status)
                && let Some(pair) = self.shown("+CMGL", Some(*index), record)
            {
                pieces.extend(pair);
                seen.push(*index);
            }
        }
        if !unchanged {
            self.mark_read(&seen);
        }
        Ok(pieces)
    }

    fn read(&mut self, values: &Values) -> Answer {
        let index = values.number(0).ok_or(Refusal::Cms(321))?;
        let unchanged = self.unchanged(values)?;
        let name = self.storages.chosen(Use::Read);
        let record = self
            .storages
            .records(name)
            .and_then(|records| records.get(&index));
        let record = record.ok_or(Refusal::Cms(321))?;
        let pieces = self.shown("+CMGR", None, record).ok_or(Refusal::Cms(500))?;
        if !unchanged {
            self.mark_read(&[index]);
        }
        Ok(pieces)
    }

    fn mark_read(&mut self, indices: &[u32]) {
        let Some(records) = self.storages.records_mut(Use::Read) else {
            return;
        };
        for index in indices {
            if let Some(record) = records.get_mut(index)
                && record.status == Status::ReceivedUnread
            {
                record.status = Status::ReceivedRead;
            }
        }
    }

    /// Header and body of a record in the current mode; `None` where this mode cannot show it.
    fn shown(&self, name: &str, index: Option<u32>, record: &Record) -> Option<Vec<Piece>> {
        let number = index.map(|index| format!("{index},")).unwrap_or_default();
        if self.session.text.on {
            if let Content::Pdu(octets) = &record.content
                && let Some(report) = self.text_report(octets)
            {
                let head = format!("{name}: {number}\"{}\",{report}", record.status.word());
                return Some(vec![Piece::Header(head.into_bytes())]);
            }
            let (head, body) = self.text_record(record)?;
            let head = format!("{name}: {number}\"{}\",{head}", record.status.word());
            return Some(vec![Piece::Header(head.into_bytes()), Piece::Body(body)]);
        }
        let Content::Pdu(octets) = &record.content else {
            return None;
        };
        let head = format!(
            "{name}: {number}{},,{}",
            record.status as u8,
            pdu::tpdu_length(octets)
        );
        Some(vec![
            Piece::Header(head.into_bytes()),
            Piece::Body(pdu::to_hex(octets).into_bytes()),
        ])
    }

    fn deletable(&self) -> Answer {
        let records = self.storages.records(self.storages.chosen(Use::Read));
        let indices: Vec<String> = records
            .into_iter()
            .flatten()
            .map(|(index, _)| index.to_string())
            .collect();
        let flags = if self.options.knows_delete_flag {
            ",(0-4)"
        } else {
            ""
        };
        line(format!("+CMGD: ({}){flags}", indices.join(",")))
    }

    /// `+CMGD=index[,flag]`: flag 1 deletes the read ones, 2 also the sent, 3 also the unsent,
    /// 4 everything.
    fn delete(&mut self, values: &Values) -> Answer {
        match self.faults.delete {
            Some(DeleteFault::BareError) => return Err(Refusal::Error),
            Some(DeleteFault::Cms(code)) => return Err(Refusal::Cms(code)),
            None => {}
        }
        let index = values.number(0).ok_or(Refusal::Cms(321))?;
        let flag = values.number(1).unwrap_or(0);
        if flag > 4 || (flag > 0 && !self.options.knows_delete_flag) {
            return Err(Refusal::Cms(302));
        }
        if flag == 0 && !self.storages.in_range(index) {
            return Err(Refusal::Cms(321));
        }
        if let Some(records) = self.storages.records_mut(Use::Read) {
            records.retain(|at, record| match flag {
                0 => *at != index,
                1 => record.status != Status::ReceivedRead,
                2 => !matches!(record.status, Status::ReceivedRead | Status::StoredSent),
                3 => record.status == Status::ReceivedUnread,
                _ => false,
            });
        }
        self.bring_waiting();
        ok()
    }
}
