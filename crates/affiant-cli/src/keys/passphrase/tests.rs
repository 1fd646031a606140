#![allow(clippy::unwrap_used)]

use super::*;
use std::collections::VecDeque;
use std::io::Write as _;
use std::os::fd::AsRawFd as _;
use std::path::PathBuf;
use std::rc::Rc;

/// Somebody who gives these answers in turn, and remembers what was said.
struct Scripted {
    answers: RefCell<VecDeque<&'static str>>,
    said: Rc<RefCell<Vec<String>>>,
}

impl Asker for Scripted {
    fn ask(&self, prompt: &str) -> io::Result<Passphrase> {
        self.said.borrow_mut().push(prompt.to_owned());
        let answer = self
            .answers
            .borrow_mut()
            .pop_front()
            .ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(Zeroizing::new(answer.as_bytes().to_vec()))
    }

    fn object(&self, objection: &str) {
        self.said.borrow_mut().push(objection.to_owned());
    }
}

fn answering(answers: &[&'static str]) -> (PassphraseSource, Rc<RefCell<Vec<String>>>) {
    let said = Rc::new(RefCell::new(Vec::new()));
    let asker = Scripted {
        answers: RefCell::new(answers.iter().copied().collect()),
        said: said.clone(),
    };
    (PassphraseSource::new(None, false, Some(Box::new(asker))), said)
}

fn opens_with(right: &'static str) -> impl Fn(&[u8]) -> Result<&'static str, KeyFileError> {
    move |passphrase| {
        if passphrase == right.as_bytes() {
            Ok("opened")
        } else {
            Err(KeyFileError::WrongPassphrase(PathBuf::from("key")))
        }
    }
}

#[test]
fn a_new_passphrase_is_asked_twice_and_serves_the_whole_command() {
    let (source, said) = answering(&["correct horse", "correct horse"]);
    assert_eq!(*source.for_new("the key").unwrap().unwrap(), b"correct horse");
    assert_eq!(*source.for_new("the log key").unwrap().unwrap(), b"correct horse");
    assert_eq!(source.open("the key", opens_with("correct horse")).unwrap(), "opened");
    assert_eq!(*said.borrow(), ["New passphrase for the key: ", "The same again: "]);
}

#[test]
fn a_slip_of_the_hand_is_asked_again_but_not_for_ever() {
    let (source, _) = answering(&[
        "tiny",
        "correct horse",
        "correct hrose",
        "correct horse",
        "correct horse",
    ]);
    assert_eq!(*source.for_new("the key").unwrap().unwrap(), b"correct horse");
    let (source, said) = answering(&[
        "one two", "three", "one two", "three", "one two", "three", "one two", "one two",
    ]);
    assert!(matches!(source.for_new("the key"), Err(PassphraseError::Different)));
    assert_eq!(said.borrow().len(), 9);
    let (source, _) = answering(&["", "", "", ""]);
    assert!(matches!(source.for_new("the key"), Err(PassphraseError::TooShort)));
}

#[test]
fn a_wrong_passphrase_has_three_tries() {
    let (source, said) = answering(&["a", "b", "right"]);
    assert_eq!(source.open("the key", opens_with("right")).unwrap(), "opened");
    assert_eq!(said.borrow().len(), 5);
    let (source, said) = answering(&["a", "b", "c", "right"]);
    let refused = source.open("the key", opens_with("right"));
    assert!(matches!(
        refused,
        Err(PassphraseError::Open(KeyFileError::WrongPassphrase(_)))
    ));
    assert_eq!(said.borrow().len(), 5, "three questions and two objections");
}

#[test]
fn another_key_with_another_passphrase_is_asked_for() {
    let (source, said) = answering(&["first", "second"]);
    assert_eq!(source.open("the key", opens_with("first")).unwrap(), "opened");
    assert_eq!(source.open("the log key", opens_with("second")).unwrap(), "opened");
    assert_eq!(
        *said.borrow(),
        ["Passphrase of the key: ", "Passphrase of the log key: "]
    );
}

#[test]
fn in_a_pipe_the_error_names_the_option() {
    let source = PassphraseSource::new(None, false, None);
    for refused in [
        source.for_new("the key").unwrap_err(),
        source.open("the key", opens_with("x")).unwrap_err(),
    ] {
        assert!(matches!(refused, PassphraseError::NotATerminal { .. }));
        assert!(refused.hint().unwrap().contains("--passphrase-fd"));
    }
    let none = PassphraseSource::new(None, true, None);
    assert!(none.for_new("the key").unwrap().is_none());
}

#[test]
fn a_descriptor_is_read_once_and_a_wrong_passphrase_in_it_is_not_asked_for() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(b"correct horse\nand another line\n").unwrap();
    let fd = u32::try_from(file.as_raw_fd()).unwrap();
    let (asked, said) = answering(&["other"]);
    let source = PassphraseSource { fd: Some(fd), ..asked };
    assert_eq!(*source.for_new("the key").unwrap().unwrap(), b"correct horse");
    let refused = source.open("the key", opens_with("other"));
    assert!(matches!(
        refused,
        Err(PassphraseError::Open(KeyFileError::WrongPassphrase(_)))
    ));
    assert!(said.borrow().is_empty());

    let closed = PassphraseSource::new(Some(987_654), false, None);
    assert!(matches!(
        closed.for_new("the key"),
        Err(PassphraseError::Descriptor { fd: 987_654, .. })
    ));
}

#[test]
fn the_first_line_is_the_passphrase_without_its_line_break() {
    let line = |bytes: &[u8]| first_line(bytes).unwrap().map(|line| line.to_vec());
    for text in ["horse", "horse\n", "horse\r\n", "horse\nmore"] {
        assert_eq!(line(text.as_bytes()).unwrap(), b"horse", "{text:?}");
    }
    assert_eq!(line(b" horse \t\n").unwrap(), b" horse \t", "spaces are part of it");
    assert_eq!(line(b"\n").unwrap(), b"");
    assert!(first_line(b"".as_slice()).is_err());
    let longest = vec![b'x'; MAX_PASSPHRASE_BYTES];
    assert_eq!(line(&[&longest[..], b"\r\n"].concat()).unwrap(), longest);
    for end in ["x", "x\n", "xx"] {
        let long = [&longest[..], end.as_bytes()].concat();
        assert!(matches!(line(&long), Err(PassphraseError::TooLong)));
    }
    assert!(matches!(fit_for_new(b"hor\0se"), Err(PassphraseError::ZeroByte)));
}
