#![allow(clippy::unwrap_used)]

use super::*;
use crate::keys::stock::{self, StockAgent};
use affiant::key::SigningKey;
use std::os::unix::net::UnixListener;
use std::thread;

#[test]
fn the_stock_agent_lists_its_keys_and_signs() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("key");
    let rsa = home.path().join("rsa");
    let Some(stock_agent) = StockAgent::start(home.path()) else {
        return;
    };
    let agent = Agent::at(&stock_agent.socket);
    assert_eq!(agent.identities().unwrap(), []);
    if stock::keygen(&path, "ed25519", "").is_none() || stock::keygen(&rsa, "rsa", "").is_none() {
        return;
    }
    stock_agent.add(&rsa);
    stock_agent.add(&path);

    let line = std::fs::read_to_string(home.path().join("key.pub")).unwrap();
    let key = VerifyingKey::from_openssh_line(&line).unwrap();
    assert_eq!(
        agent.identities().unwrap(),
        std::slice::from_ref(&key),
        "the RSA key is passed over"
    );
    let signer = AgentSigner::new(agent.clone(), key.clone());
    for message in [b"".as_slice(), b"a payload", &[0xff; 100_000]] {
        let signature = signer.sign(message).unwrap();
        assert_eq!(key.verify(message, &signature), Ok(()));
    }

    let absent = SigningKey::from_seed(&[7; 32]);
    assert!(matches!(
        agent.sign(absent.verifying_key(), b"x"),
        Err(AgentError::Refused)
    ));
    let long = vec![0; MAX_AGENT_MESSAGE_BYTES - 8];
    assert!(matches!(agent.sign(&key, &long), Err(AgentError::TooLong(_))));
}

#[test]
fn an_envelope_signed_by_an_agent_is_the_same_as_one_signed_by_the_file() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("key");
    let Some(stock_agent) = StockAgent::start(home.path()) else {
        return;
    };
    if stock::keygen(&path, "ed25519", "").is_none() {
        return;
    }
    stock_agent.add(&path);
    let by_file = crate::keys::file::KeyFile::read(&path)
        .unwrap()
        .open()
        .unwrap()
        .signing_key();
    let by_agent = AgentSigner::new(Agent::at(&stock_agent.socket), by_file.verifying_key().clone());
    let message = affiant::envelope::pae("application/vnd.in-toto+json", b"{}");
    assert_eq!(by_agent.sign(&message).unwrap(), by_file.sign(&message).unwrap());
}

/// An agent that reads one request and answers with these bytes.
fn answering(folder: &Path, answer: Vec<u8>) -> Agent {
    let socket = folder.join("fake.sock");
    let _ = std::fs::remove_file(&socket);
    let listener = UnixListener::bind(&socket).unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut length = [0; 4];
        stream.read_exact(&mut length).unwrap();
        let mut request = vec![0; u32::from_be_bytes(length) as usize];
        stream.read_exact(&mut request).unwrap();
        let _ = stream.write_all(&answer);
    });
    Agent::at(&socket)
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    put_string(&mut out, body);
    out
}

fn signature_answer(algorithm: &[u8], signature: &[u8]) -> Vec<u8> {
    let mut blob = Vec::new();
    put_string(&mut blob, algorithm);
    put_string(&mut blob, signature);
    let mut body = vec![SSH_AGENT_SIGN_RESPONSE];
    put_string(&mut body, &blob);
    framed(&body)
}

#[test]
fn a_hostile_answer_to_a_list_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let mut many = vec![SSH_AGENT_IDENTITIES_ANSWER];
    many.extend_from_slice(&(MAX_AGENT_IDENTITIES + 1).to_be_bytes());
    let mut promised = vec![SSH_AGENT_IDENTITIES_ANSWER];
    promised.extend_from_slice(&2048_u32.to_be_bytes());
    let mut overlong = vec![SSH_AGENT_IDENTITIES_ANSWER];
    overlong.extend_from_slice(&1_u32.to_be_bytes());
    overlong.extend_from_slice(&u32::MAX.to_be_bytes());
    let hostile = [
        (u32::MAX.to_be_bytes().to_vec(), "a length of 4 GiB"),
        (0_u32.to_be_bytes().to_vec(), "no length"),
        (framed(&[SSH_AGENT_SIGN_RESPONSE]), "another answer"),
        (framed(&[SSH_AGENT_IDENTITIES_ANSWER]), "no count"),
        (
            framed(&[SSH_AGENT_IDENTITIES_ANSWER, 0, 0, 0, 0, 9]),
            "bytes after the end",
        ),
        (framed(&many), "too many"),
        (framed(&promised), "fewer than promised"),
        (framed(&overlong), "a string longer than the message"),
    ];
    for (answer, fault) in hostile {
        let refused = answering(home.path(), answer).identities();
        assert!(matches!(refused, Err(AgentError::Malformed)), "{fault}: {refused:?}");
    }
    let refused = answering(home.path(), framed(&[SSH_AGENT_FAILURE])).identities();
    assert!(matches!(refused, Err(AgentError::Refused)));
    let cut = answering(home.path(), framed(&[SSH_AGENT_IDENTITIES_ANSWER, 0, 0])[..6].to_vec()).identities();
    assert!(matches!(cut, Err(AgentError::Unreachable { .. })));
}

#[test]
fn a_weak_key_in_an_agent_is_passed_over() {
    let home = tempfile::tempdir().unwrap();
    let mut weak = Vec::new();
    put_string(&mut weak, ALGORITHM);
    let mut point = [0; 32];
    point[0] = 1;
    put_string(&mut weak, &point);
    let mut body = vec![SSH_AGENT_IDENTITIES_ANSWER, 0, 0, 0, 1];
    put_string(&mut body, &weak);
    put_string(&mut body, b"weak");
    assert_eq!(answering(home.path(), framed(&body)).identities().unwrap(), []);
}

#[test]
fn a_signature_that_does_not_verify_is_not_believed() {
    let home = tempfile::tempdir().unwrap();
    let key = SigningKey::from_seed(&[7; 32]);
    let good = key.sign(b"this").unwrap();
    let believed = answering(home.path(), signature_answer(ALGORITHM, &good)).sign(key.verifying_key(), b"this");
    assert_eq!(believed.unwrap(), good);
    let other = answering(home.path(), signature_answer(ALGORITHM, &good)).sign(key.verifying_key(), b"that");
    assert!(matches!(other, Err(AgentError::BadSignature)));
    for (algorithm, signature) in [(b"ssh-rsa".as_slice(), &good[..]), (ALGORITHM, &good[..63])] {
        let refused = answering(home.path(), signature_answer(algorithm, signature)).sign(key.verifying_key(), b"this");
        assert!(matches!(refused, Err(AgentError::Malformed)));
    }
}

#[test]
fn an_agent_that_does_not_answer_is_not_waited_for() {
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("silent.sock");
    let _listener = UnixListener::bind(&socket).unwrap();
    let agent = Agent {
        socket,
        list_timeout: Duration::from_millis(50),
    };
    assert!(matches!(agent.identities(), Err(AgentError::TimedOut(_))));
    let nobody = Agent::at(&home.path().join("none.sock"));
    assert!(matches!(nobody.identities(), Err(AgentError::Unreachable { .. })));
}
