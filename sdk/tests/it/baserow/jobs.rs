//! Jobs: waited for, and not for ever. Files: uploaded.

use std::time::Duration;

use serde_json::{Value, json};
use tercet_sdk::baserow::{Client, FileRef, JobError};
use wiremock::{MockServer, ResponseTemplate};

use super::refusal;
use crate::support::{answering, answering_in_turn, requests};

fn job(state: &str, progress: u64) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({
        "id": 4, "type": "duplicate_table", "state": state, "progress_percentage": progress,
        "human_readable_error": if state == "failed" { "no room" } else { "" },
    }))
}

fn client(server: &MockServer) -> Client {
    Client::builder(server.uri()).access_token("t").build().unwrap()
}

#[tokio::test]
async fn a_job_is_waited_for_until_it_is_done() {
    let server = answering_in_turn(vec![job("pending", 0), job("importing", 40), job("finished", 100)]).await;
    let done = client(&server).wait_for_job(4, Duration::from_secs(60)).await.unwrap();
    assert_eq!(done.progress_percentage, 100);
    assert_eq!(requests(&server).await.len(), 3);
}

#[tokio::test]
async fn a_job_can_end_otherwise() {
    let wait = async |answer| {
        client(&answering(answer).await).wait_for_job(4, Duration::from_secs(60)).await.unwrap_err()
    };
    let failed = wait(job("failed", 50)).await;
    assert!(matches!(failed, JobError::Failed(_)));
    assert_eq!(failed.to_string(), "the job 4 (`duplicate_table`) failed: no room");
    assert!(matches!(wait(job("cancelled", 50)).await, JobError::Cancelled(_)));
    let gone = wait(refusal(404, "ERROR_JOB_DOES_NOT_EXIST")).await;
    assert!(
        matches!(&gone, JobError::Call(error) if error.code().as_deref() == Some("ERROR_JOB_DOES_NOT_EXIST"))
    );
}

#[tokio::test]
async fn the_deadline_is_the_end_of_waiting() {
    let server = answering(job("pending", 10)).await;
    let error = client(&server).wait_for_job(4, Duration::ZERO).await.unwrap_err();
    assert!(matches!(&error, JobError::Deadline(job) if job.progress_percentage == 10));
    // However short it is, the job is looked at.
    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn a_file_is_uploaded_and_named_in_a_cell() {
    let file = json!({
        "size": 2, "mime_type": "text/plain", "is_image": false, "image_width": null, "image_height": null,
        "uploaded_at": "2024-01-01T00:00:00.000000Z", "url": "http://x/a.txt", "thumbnails": null, "name": "a_b.txt",
        "original_name": "hi.txt",
    });
    let server = answering(ResponseTemplate::new(200).set_body_json(file)).await;
    let made = super::client(&server).upload("hi.txt", Some("text/plain"), b"hi").await.unwrap();
    let cell = serde_json::to_value([FileRef::from(&*made)]).unwrap();
    assert_eq!(cell, json!([{ "name": "a_b.txt" }]));
    let request = &requests(&server).await[0];
    assert!(request.headers["content-type"].to_str().unwrap().starts_with("multipart/form-data; boundary="));
    let text = String::from_utf8_lossy(&request.body).into_owned();
    assert!(
        text.contains("name=\"file\"; filename=\"hi.txt\"\r\nContent-Type: text/plain\r\n\r\nhi\r\n"),
        "{text}"
    );
    let _: &Value = &cell;
}
