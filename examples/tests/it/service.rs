//! The service's story, as it is told.

use crate::integrate::integrate;

#[tokio::test]
async fn a_service_integrates_a_platform() {
    let mock = tercet_mock_server::tooljet().seed(42).start().await.unwrap();
    let token = mock.credentials().swap_remove(0).value;
    let mut told = Vec::new();
    integrate(&mock.base_url(), &token, &mut told).await.unwrap();
    let told = String::from_utf8(told).unwrap();
    let expected = "\
201 Created: invited Grace Hopper <grace@example.com>
Grace Hopper is active, in Nexus Corps as end-user
now she is builder
builders: Riley Chen, Grace Hopper
404: User not found
400: User with this email already exists
422: Already exists!
denied: true, and the error says: `listUsers` was refused with 403 Forbidden
Successfully imported the app into workspace a831db72-c3d2-4b36-a98e-0023ffb15e66
  Applicant tracking system: v1, v3, v2, v4
  Aws Tracker: v1, v2
  Applicant tracking system (copy): v1, v3, v2, v4
";
    assert_eq!(told, expected);
    assert!(!told.contains(&token));
}
