//! A client of ssh-agent: which keys it holds, and signatures by them
//! (draft-ietf-sshm-ssh-agent, sections 3, 4.4 and 4.6).
//!
//! ```text
//! 00 00 00 01  0b                                a request of one byte: which identities?
//! 00 00 00 5d  0c  00 00 00 01  00 00 00 33 …    the answer: one key, its blob and its comment
//! ```
//!
//! Ed25519 only. The agent signs exactly the bytes that it is given, and each signature is verified before it is
//! believed. Keys are neither added to an agent nor removed from it. Every request has a connection of its own.

use std::io::{self, Read, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use affiant::key::{SignError, Signature, Signer, VerifyingKey};

/// The longest message to or from an agent, in bytes: OpenSSH's own `AGENT_MAX_LEN`.
pub const MAX_AGENT_MESSAGE_BYTES: usize = 256 * 1024;

/// The most identities that are read from an agent: OpenSSH's own limit.
pub const MAX_AGENT_IDENTITIES: u32 = 2048;

/// How long an agent may take to list its keys.
const LIST_TIMEOUT: Duration = Duration::from_secs(5);

/// How long an agent may take to sign: it may ask its user first (`ssh-add -c`), or wait for a touch.
const SIGN_TIMEOUT: Duration = Duration::from_secs(120);

const SSH_AGENT_FAILURE: u8 = 5;
const SSH_AGENTC_REQUEST_IDENTITIES: u8 = 11;
const SSH_AGENT_IDENTITIES_ANSWER: u8 = 12;
const SSH_AGENTC_SIGN_REQUEST: u8 = 13;
const SSH_AGENT_SIGN_RESPONSE: u8 = 14;

/// The algorithm name in a signature blob (RFC 8709, section 6).
const ALGORITHM: &[u8] = b"ssh-ed25519";

/// Why an agent did not answer, or not as it must.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// Nobody listens at the socket, or it closed.
    #[error("the ssh-agent at {} cannot be reached: {source}", socket.display())]
    Unreachable {
        /// The socket.
        socket: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The agent did not answer in time.
    #[error("the ssh-agent did not answer within {} seconds", .0.as_secs())]
    TimedOut(Duration),
    /// The agent refuses: the key is not there any more, or its user said no.
    #[error("the ssh-agent refused")]
    Refused,
    /// What is to be signed is longer than an agent takes.
    #[error("{0} bytes are to be signed, and an ssh-agent takes no message over {MAX_AGENT_MESSAGE_BYTES}")]
    TooLong(usize),
    /// The answer breaks the protocol, or a limit of ours.
    #[error("the ssh-agent's answer is malformed")]
    Malformed,
    /// The signature does not verify under the key.
    #[error("the ssh-agent's signature does not verify under the key")]
    BadSignature,
}

/// An ssh-agent, known by its socket.
#[derive(Debug, Clone)]
pub struct Agent {
    socket: PathBuf,
    list_timeout: Duration,
}

impl Agent {
    /// The agent at a socket, usually that of `$SSH_AUTH_SOCK`. It is not asked yet.
    pub fn at(socket: &Path) -> Agent {
        Agent {
            socket: socket.to_owned(),
            list_timeout: LIST_TIMEOUT,
        }
    }

    /// The Ed25519 keys that the agent holds. Keys of other algorithms, certificates and weak keys are passed over.
    ///
    /// # Errors
    /// [`AgentError`].
    pub fn identities(&self) -> Result<Vec<VerifyingKey>, AgentError> {
        let answer = self.exchange(&[SSH_AGENTC_REQUEST_IDENTITIES], self.list_timeout)?;
        let mut fields = Fields(answer_of(SSH_AGENT_IDENTITIES_ANSWER, &answer)?);
        let count = fields.number()?;
        if count > MAX_AGENT_IDENTITIES {
            return Err(AgentError::Malformed);
        }
        let mut keys = Vec::new();
        for _ in 0..count {
            let blob = fields.string()?;
            let _comment = fields.string()?;
            keys.extend(VerifyingKey::from_blob(blob));
        }
        fields.end()?;
        Ok(keys)
    }

    /// Asks for a signature over exactly `message`, and verifies it.
    ///
    /// # Errors
    /// [`AgentError`].
    pub fn sign(&self, key: &VerifyingKey, message: &[u8]) -> Result<Signature, AgentError> {
        if message.len() > MAX_AGENT_MESSAGE_BYTES {
            return Err(AgentError::TooLong(message.len()));
        }
        let mut request = vec![SSH_AGENTC_SIGN_REQUEST];
        put_string(&mut request, &key.blob());
        put_string(&mut request, message);
        request.extend_from_slice(&0_u32.to_be_bytes()); // no flags: they choose hashes for RSA
        let answer = self.exchange(&request, SIGN_TIMEOUT)?;

        let mut fields = Fields(answer_of(SSH_AGENT_SIGN_RESPONSE, &answer)?);
        let mut blob = Fields(fields.string()?);
        fields.end()?;
        let algorithm = blob.string()?;
        let signature = blob.string()?;
        blob.end()?;
        if algorithm != ALGORITHM {
            return Err(AgentError::Malformed);
        }
        let signature = signature.try_into().map_err(|_| AgentError::Malformed)?;
        key.verify(message, &signature).map_err(|_| AgentError::BadSignature)?;
        Ok(signature)
    }

    /// "uint32 message length, byte message type, byte[message length - 1] message contents", both ways.
    fn exchange(&self, request: &[u8], timeout: Duration) -> Result<Vec<u8>, AgentError> {
        if request.len() > MAX_AGENT_MESSAGE_BYTES {
            return Err(AgentError::TooLong(request.len()));
        }
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => AgentError::TimedOut(timeout),
            _ => AgentError::Unreachable {
                socket: self.socket.clone(),
                source,
            },
        };
        let mut stream = UnixStream::connect(&self.socket).map_err(failed)?;
        stream.set_write_timeout(Some(timeout)).map_err(failed)?;
        let mut framed = Vec::with_capacity(4 + request.len());
        put_string(&mut framed, request);
        stream.write_all(&framed).map_err(failed)?;

        let deadline = Instant::now() + timeout;
        let mut length = [0; 4];
        read_by(&mut stream, &mut length, deadline).map_err(failed)?;
        let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| AgentError::Malformed)?;
        if length == 0 || length > MAX_AGENT_MESSAGE_BYTES {
            return Err(AgentError::Malformed);
        }
        let mut answer = vec![0; length];
        read_by(&mut stream, &mut answer, deadline).map_err(failed)?;
        Ok(answer)
    }
}

/// A key that an agent holds.
pub struct AgentSigner {
    agent: Agent,
    key: VerifyingKey,
}

impl AgentSigner {
    /// Signs by `key` in `agent`, which should hold it.
    pub fn new(agent: Agent, key: VerifyingKey) -> AgentSigner {
        AgentSigner { agent, key }
    }
}

impl Signer for AgentSigner {
    fn verifying_key(&self) -> &VerifyingKey {
        &self.key
    }

    fn sign(&self, message: &[u8]) -> Result<Signature, SignError> {
        self.agent.sign(&self.key, message).map_err(|error| SignError {
            key: self.key.fingerprint(),
            reason: error.to_string(),
        })
    }
}

/// Fills the buffer before the deadline: a timeout of each read alone would let an agent dribble for ever.
fn read_by(stream: &mut UnixStream, buffer: &mut [u8], deadline: Instant) -> io::Result<()> {
    let mut filled = 0;
    while filled < buffer.len() {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut buffer[filled..]) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn answer_of(expected: u8, answer: &[u8]) -> Result<&[u8], AgentError> {
    match answer.split_first() {
        Some((&kind, rest)) if kind == expected => Ok(rest),
        Some((&SSH_AGENT_FAILURE, _)) => Err(AgentError::Refused),
        _ => Err(AgentError::Malformed),
    }
}

/// The fields of an SSH message, read from its front (RFC 4251, section 5).
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn number(&mut self) -> Result<u32, AgentError> {
        let (number, rest) = self.0.split_first_chunk::<4>().ok_or(AgentError::Malformed)?;
        self.0 = rest;
        Ok(u32::from_be_bytes(*number))
    }

    fn string(&mut self) -> Result<&'a [u8], AgentError> {
        let length = usize::try_from(self.number()?).map_err(|_| AgentError::Malformed)?;
        let (string, rest) = self.0.split_at_checked(length).ok_or(AgentError::Malformed)?;
        self.0 = rest;
        Ok(string)
    }

    fn end(self) -> Result<(), AgentError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(AgentError::Malformed)
        }
    }
}

/// Appends an SSH `string`: 32-bit length, then the bytes.
fn put_string(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("messages are bounded by MAX_AGENT_MESSAGE_BYTES");
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests;
